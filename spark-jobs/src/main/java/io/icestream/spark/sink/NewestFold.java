/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Keeps the newest version of a key. */
final class NewestFold implements KeyFold {
  private final StructType columns;
  private final StructType order;
  private final List<String> key;
  private final boolean marks;
  private final boolean compares;
  private final NewDeletions deletions = new NewDeletions();
  private Version newest;
  private Element stored;
  private long counted;

  /**
   * @param columns the columns of a row
   * @param order the declared order
   * @param key the columns of the key
   * @param marks whether a deleted row stays and is marked
   * @param compares whether stored elements have their values, so that repetitions can be told
   */
  NewestFold(
      StructType columns, StructType order, List<String> key, boolean marks, boolean compares) {
    this.columns = columns;
    this.order = order;
    this.key = key;
    this.marks = marks;
    this.compares = compares;
  }

  @Override
  public void add(Element element, Consumer<Row> outcomes) {
    counted += element.isCounted() ? 1 : 0;
    if (element.isDeletion()) {
      boolean known = newest != null && (!newest.isPresent() || newest.isMarked());
      if (element.kind() == Element.DELETE || (element.kind() == Element.TOMBSTONE && !known)) {
        deletions.add(element, outcomes);
      } else if (element.kind() == Element.STORED_DELETION) {
        deletions.know(element);
      }
      if (newest != null
          && newest.isMarked()
          && element.position().isAlongside(newest.element().position())) {
        return;
      }
      newest =
          marks ? Version.marked(element, columns, key, newest) : Version.gone(element, columns);
    } else if (element.kind() == Element.STORED) {
      stored = element;
      newest = Version.of(element, columns, newest);
    } else if (newest == null || !compares || !newest.isRepeatedBy(element)) {
      newest = Version.of(element, columns, newest);
    }
  }

  @Override
  public void finish(Consumer<Row> outcomes) {
    deletions.finish(outcomes);
    String action = action();
    if (!action.equals(Outcome.NONE)) {
      outcomes.accept(Outcome.of(action, newest, order, null, null));
    }
    long taken = action.equals(Outcome.NONE) || counted == 0 ? 0 : 1;
    boolean inserted = action.equals(Outcome.INSERT);
    outcomes.accept(Outcome.counted(inserted ? taken : 0, inserted ? 0 : taken, counted - taken));
  }

  private String action() {
    if (newest.element() == stored) {
      return newest.isFilled() ? Outcome.UPDATE : Outcome.NONE;
    } else if (newest.isPresent()) {
      return stored == null ? Outcome.INSERT : Outcome.UPDATE;
    }
    return stored == null ? Outcome.NONE : Outcome.DELETE;
  }
}
