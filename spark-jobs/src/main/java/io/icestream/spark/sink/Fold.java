/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Deletes;
import io.icestream.model.SinkDefinition.History;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.spark.plan.ChangeShape;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Puts elements that are sorted by key and position together, key by key. */
final class Fold implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final StructType columns;
  private final StructType order;
  private final List<String> key;
  private final boolean history;
  private final boolean marks;
  private final boolean compares;

  Fold(SinkDefinition sink, ChangeShape shape) {
    this.columns = shape.data();
    this.order = shape.order();
    this.key = List.copyOf(sink.key());
    this.history = sink.changes().filter(c -> c.history() == History.SCD2).isPresent();
    this.compares = sink.mode() == Mode.CDC;
    this.marks = sink.changes().filter(c -> c.deletes() == Deletes.SOFT).isPresent();
  }

  @Override
  public Iterator<Row> call(Iterator<Row> elements) {
    return new Outcomes(elements);
  }

  private KeyFold start() {
    return history
        ? new HistoryFold(columns, order)
        : new NewestFold(columns, order, key, marks, compares);
  }

  private final class Outcomes implements Iterator<Row> {
    private final Iterator<Row> elements;
    private final Queue<Row> ready = new ArrayDeque<>();
    private final int[] keyColumns = key.stream().mapToInt(columns::fieldIndex).toArray();
    private KeyFold fold;
    private List<Object> at;

    Outcomes(Iterator<Row> elements) {
      this.elements = elements;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && elements.hasNext()) {
        take(new Element(elements.next()));
      }
      if (ready.isEmpty() && fold != null) {
        fold.finish(ready::add);
        fold = null;
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }

    private void take(Element element) {
      List<Object> values = element.values(keyColumns);
      if (fold == null || !values.equals(at)) {
        if (fold != null) {
          fold.finish(ready::add);
        }
        fold = start();
        at = values;
      }
      fold.add(element, ready::add);
    }
  }
}
