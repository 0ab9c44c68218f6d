/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.Location;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Changes;
import io.icestream.model.SinkDefinition.Deletes;
import io.icestream.model.SinkDefinition.History;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.model.SinkDefinition.Rows;
import io.icestream.spark.plan.ChangeShape;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.collection.JavaConverters;

/**
 * A key's life in a database, whose changes arrive in any order, some twice, in batches that are
 * cut anywhere, and batches that are run again: the tables are what the database is. No Spark runs
 * here, so there are many lives.
 */
class FoldTest {
  private static final int LIVES = 2_000;
  private static final StructType DATA =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("name", DataTypes.StringType)
          .add("note", DataTypes.StringType);
  private static final StructType ORDER = new StructType().add("lsn", DataTypes.LongType);

  @ParameterizedTest
  @CsvSource({"HARD, SCD1", "SOFT, SCD1", "HARD, SCD2"})
  void makesOfTheChangesWhatTheDatabaseIs(Deletes deletes, History history) {
    for (long seed = 0; seed < LIVES; seed++) {
      // given
      Random random = new Random(seed);
      Life life = new Life(random);
      List<Row> arrivals = arrivals(life.changes, random);
      Tables tables = new Tables(deletes, history);

      // when
      for (int from = 0; from < arrivals.size(); ) {
        int to = Math.min(arrivals.size(), from + 1 + random.nextInt(arrivals.size()));
        tables.run(arrivals.subList(from, to));
        if (random.nextInt(3) == 0) {
          List<String> before = tables.shown();
          tables.run(arrivals.subList(from, to));
          assertThat(tables.shown()).as("run again, seed %d", seed).isEqualTo(before);
        }
        from = to;
      }

      // then
      assertThat(tables.shown())
          .as("seed %d", seed)
          .isEqualTo(
              history == History.SCD2
                  ? life.versions()
                  : deletes == Deletes.SOFT ? life.marked() : life.present());
    }
  }

  /** All of them in any order, some twice, from two partitions. */
  private static List<Row> arrivals(List<Row> changes, Random random) {
    List<Row> all = new ArrayList<>(changes);
    changes.stream().filter(c -> random.nextInt(4) == 0).forEach(all::add);
    Collections.shuffle(all, random);
    long[] offsets = new long[2];
    List<Row> arrivals = new ArrayList<>();
    for (Row change : all) {
      int partition = random.nextInt(2);
      Row kafka = RowFactory.create("t", partition, offsets[partition]++, new Timestamp(0), null);
      arrivals.add(
          element(
              change.getStruct(0),
              change.getStruct(1),
              kafka,
              change.getInt(2),
              change.getTimestamp(3),
              change.getBoolean(4)
                  ? List.of(RowFactory.create("note", null, null, null, null))
                  : List.of()));
    }
    return arrivals;
  }

  private static Row element(
      Row data, Row order, Row kafka, int kind, Timestamp time, List<Row> filled) {
    return stored(data, order, kafka, kind, time, filled, null, false);
  }

  private static Row stored(
      Row data,
      Row order,
      Row kafka,
      int kind,
      Timestamp time,
      List<Row> filled,
      Timestamp ended,
      boolean dead) {
    return RowFactory.create(
        data,
        order,
        kafka,
        kind,
        kind >= Element.UPSERT,
        time,
        filled.isEmpty() ? null : JavaConverters.asScalaBuffer(filled),
        ended,
        dead);
  }

  /** One row of a database, changed at random. */
  private static final class Life {
    private final List<Row> changes = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private String name;
    private String note;
    private boolean there;
    private long from;

    Life(Random random) {
      int length = 1 + random.nextInt(9);
      for (long lsn = 1; lsn <= length; lsn++) {
        if (!there || random.nextInt(4) > 0) {
          set(lsn, random);
        } else {
          ended.add(version(lsn));
          there = false;
          change(lsn, Element.DELETE, RowFactory.create(1, null, null), false);
        }
      }
    }

    private void set(long lsn, Random random) {
      boolean told = !there || random.nextBoolean();
      if (there) {
        ended.add(version(lsn));
      }
      name = "n" + lsn;
      note = told ? "o" + lsn : note;
      there = true;
      from = lsn;
      change(lsn, Element.UPSERT, RowFactory.create(1, name, told ? note : null), !told);
    }

    private void change(long lsn, int kind, Row data, boolean untold) {
      changes.add(
          RowFactory.create(data, RowFactory.create(lsn), kind, new Timestamp(lsn), untold));
    }

    private String version(Long to) {
      return "%s %s %d %d".formatted(name, note, from, to);
    }

    List<String> present() {
      return there ? List.of(name + " " + note + " false") : List.of();
    }

    List<String> marked() {
      return List.of(name + " " + note + " " + !there);
    }

    List<String> versions() {
      List<String> all = new ArrayList<>(ended);
      if (there) {
        all.add(version(null));
      }
      return all.stream().sorted().toList();
    }
  }

  /** The tables of a sink, in memory. */
  private static final class Tables {
    private final boolean keepsVersions;
    private final Fold fold;
    private final Map<Object, Row> rows = new HashMap<>();
    private final List<Row> deletions = new ArrayList<>();

    Tables(Deletes deletes, History history) {
      this.keepsVersions = history == History.SCD2;
      SinkDefinition sink =
          new SinkDefinition(
              Location.START,
              "a.b",
              "s",
              Rows.ACCEPTED,
              Mode.CDC,
              List.of(),
              List.of("id"),
              List.of("lsn"),
              Optional.of(new Changes("op", deletes, history)),
              Optional.empty());
      this.fold = new Fold(sink, new ChangeShape(false, DATA, ORDER));
    }

    void run(List<Row> batch) {
      List<Row> all = new ArrayList<>(batch);
      rows.values().forEach(row -> all.add(storedRow(row)));
      deletions.forEach(
          d ->
              all.add(
                  element(
                      d.getStruct(4),
                      d.getStruct(5),
                      d.getStruct(6),
                      Element.STORED_DELETION,
                      d.getTimestamp(9),
                      List.of())));
      all.sort(
          Comparator.comparing((Row e) -> e.getStruct(1).getLong(0))
              .thenComparing(e -> e.getStruct(2).getInt(1))
              .thenComparing(e -> e.getStruct(2).getLong(2))
              .thenComparing(e -> -e.getInt(3)));
      long counted = 0;
      var outcomes = fold.call(all.iterator());
      while (outcomes.hasNext()) {
        Row outcome = outcomes.next();
        counted += outcome.getLong(1) + outcome.getLong(2) + outcome.getLong(3);
        apply(outcome);
      }
      assertThat(counted).as("rows of the ledger").isEqualTo(batch.size());
    }

    private void apply(Row outcome) {
      switch (outcome.getString(0)) {
        case Outcome.INSERT ->
            assertThat(rows.put(identity(outcome), outcome)).as("inserted twice").isNull();
        case Outcome.UPDATE ->
            assertThat(rows.put(identity(outcome), outcome)).as("updated").isNotNull();
        case Outcome.DELETE -> assertThat(rows.remove(identity(outcome))).as("deleted").isNotNull();
        case Outcome.REMEMBER -> deletions.add(outcome);
        default -> {
          // Only counted
        }
      }
    }

    private Object identity(Row outcome) {
      Row kafka = outcome.getStruct(6);
      return keepsVersions ? List.of(kafka.getInt(1), kafka.getLong(2)) : "the key";
    }

    private static Row storedRow(Row outcome) {
      List<Row> filled = outcome.isNullAt(7) ? List.of() : List.of((Row[]) outcome.get(7));
      return stored(
          outcome.getStruct(4),
          outcome.getStruct(5),
          outcome.getStruct(6),
          Element.STORED,
          outcome.getTimestamp(9),
          filled,
          outcome.getTimestamp(10),
          outcome.getBoolean(8));
    }

    List<String> shown() {
      List<String> texts = new ArrayList<>();
      for (Row row : rows.values()) {
        Row data = row.getStruct(4);
        String text = data.getString(1) + " " + data.getString(2);
        texts.add(
            keepsVersions
                ? text + " " + millis(row.getTimestamp(9)) + " " + millis(row.getTimestamp(10))
                : text + " " + row.getBoolean(8));
      }
      return texts.stream().sorted().toList();
    }

    private static Long millis(Timestamp time) {
      return time == null ? null : time.getTime();
    }
  }
}
