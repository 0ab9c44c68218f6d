/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import java.sql.Timestamp;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Keeps all versions of a key, each with the time from and to which it was valid. The order is that
 * of the positions; a time that goes back against it is lifted to the one before, so that no two
 * versions are valid at once.
 *
 * <p>A version whose successor, or deletion, has the same place in the declared order is left out:
 * nobody can have seen it.
 */
final class HistoryFold implements KeyFold {
  private final StructType columns;
  private final StructType order;
  private final NewDeletions deletions = new NewDeletions();
  private Version newest;
  private Timestamp begun;
  private Timestamp reached;

  /**
   * @param columns the columns of a row
   * @param order the declared order
   */
  HistoryFold(StructType columns, StructType order) {
    this.columns = columns;
    this.order = order;
  }

  @Override
  public void add(Element element, Consumer<Row> outcomes) {
    if (element.isDeletion()) {
      if (element.kind() != Element.TOMBSTONE || (newest != null && newest.isPresent())) {
        lift(element.time());
      }
      boolean ends = newest != null && newest.isPresent() && !newest.isKnownToEndAt(reached);
      if (newest != null && newest.isPresent()) {
        endAt(element, outcomes);
      }
      if (element.kind() == Element.DELETE || (element.kind() == Element.TOMBSTONE && ends)) {
        deletions.add(element, outcomes);
      } else if (element.kind() == Element.STORED_DELETION) {
        deletions.know(element);
      }
      newest = Version.gone(element, columns);
      count(element, ends, outcomes);
    } else if (element.kind() == Element.UPSERT && newest != null && newest.isRepeatedBy(element)) {
      count(element, false, outcomes);
    } else {
      lift(element.time());
      if (newest != null && newest.isPresent()) {
        endAt(element, outcomes);
      }
      newest = Version.of(element, columns, newest);
      begun = reached;
    }
  }

  @Override
  public void finish(Consumer<Row> outcomes) {
    deletions.finish(outcomes);
    if (newest.isPresent()) {
      emit(null, outcomes);
    }
  }

  private void endAt(Element next, Consumer<Row> outcomes) {
    Element element = newest.element();
    boolean decided = element.isStored() && next.isStored();
    boolean unseen =
        !decided
            && next.kind() != Element.TOMBSTONE
            && next.position().isSameChangeAs(element.position());
    if (!unseen) {
      emit(reached, outcomes);
    } else if (element.kind() == Element.STORED) {
      outcomes.accept(Outcome.of(Outcome.DELETE, newest, order, null, null));
    } else {
      count(element, false, outcomes);
    }
  }

  private void emit(Timestamp to, Consumer<Row> outcomes) {
    Element element = newest.element();
    if (element.kind() != Element.STORED) {
      outcomes.accept(Outcome.of(Outcome.INSERT, newest, order, begun, to));
      outcomes.accept(Outcome.counted(element.isCounted() ? 1 : 0, 0, 0));
    } else if (newest.isFilled()
        || !Objects.equals(to, element.ended())
        || !begun.equals(element.time())) {
      outcomes.accept(Outcome.of(Outcome.UPDATE, newest, order, begun, to));
    }
  }

  private void count(Element element, boolean effective, Consumer<Row> outcomes) {
    if (element.isCounted()) {
      outcomes.accept(Outcome.counted(0, effective ? 1 : 0, effective ? 0 : 1));
    }
  }

  private void lift(Timestamp time) {
    reached = reached == null || time.after(reached) ? time : reached;
  }
}
