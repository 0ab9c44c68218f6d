/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.PartitionTransform;
import io.icestream.spark.plan.PresentState.Position;
import io.icestream.spark.plan.PresentState.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
  private static final StructType ROWS =
      new StructType().add("id", DataTypes.StringType).add("n", DataTypes.LongType);
  private static final StructType REJECTED = new StructType().add("reason", DataTypes.StringType);
  private static final TableUse SUMS =
      new TableUse(new TreeMap<>(Map.of("mode", "upsert", "column n", "sum(n)")));
  private static final WantedState WANTED =
      new WantedState(
          "events",
          "topic-1",
          "earliest",
          List.of(
              new TableSpec(
                  "a.rows", ROWS, List.of(PartitionTransform.parse("id").orElseThrow()), Map.of()),
              new TableSpec("a.stats", ROWS, List.of(), Map.of()),
              new TableSpec("a.bad", REJECTED, List.of(), Map.of())),
          Set.of("a.stats"),
          Map.of("a.stats", SUMS),
          Set.of("a.bad"));

  private final Map<String, Table> tables = new HashMap<>();
  private final Map<String, Position> positions = new HashMap<>();
  private final Map<String, TableUse> uses = new HashMap<>();
  private Set<String> checkpoint = Set.of("events");

  @Test
  void aFirstStartCreatesEverything() {
    // given
    checkpoint = Set.of();

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .extracting(change -> change.effect() + " " + change.subject())
        .containsExactly(
            "restart a.rows", "restart a.stats", "restart a.bad", "restart topic events");
    assertThat(changes.get(0).what())
        .startsWith("create table (id string, n bigint) partitioned by id with {format-version=2,");
    assertThat(changes.get(3).what()).isEqualTo("read from earliest");
  }

  @Test
  void aPipelineThatRunsHasNothingToChange() {
    // given
    running();

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes).isEmpty();
  }

  @Test
  void rowsOfAnotherMeaningAreNotMixed() {
    // given
    running();
    uses.put(
        "a.stats", new TableUse(new TreeMap<>(Map.of("mode", "upsert", "column n", "max(n)"))));

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .extracting(change -> change.effect() + " " + change.subject() + " " + change.what())
        .containsExactly("rebuild a.stats column n was max(n), the file says sum(n)");
  }

  @Test
  void anEmptyTableMayMeanSomethingElse() {
    // given
    running();
    positions.clear();
    uses.put("a.stats", new TableUse(new TreeMap<>(Map.of("mode", "append"))));

    // when, then
    assertThat(diff()).extracting(PlannedChange::effect).doesNotContain(Effect.REBUILD);
  }

  @Test
  void altersATableAtTheStart() {
    // given
    running();
    tables.put("a.rows", table(new StructType().add("n", DataTypes.IntegerType), List.of("id")));

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .extracting(change -> change.effect() + " " + change.what())
        .containsExactly(
            "restart column 'id' string added", "restart column 'n' widened to bigint");
  }

  @Test
  void anAggregateCannotBeGivenAColumnLater() {
    // given
    running();
    tables.put("a.stats", table(new StructType().add("id", DataTypes.StringType), List.of()));

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.effect()).isEqualTo(Effect.REBUILD);
              assertThat(change.reason()).contains("not read again");
            });
  }

  @Test
  void aTableThatDoesNotFitHasToBeRebuilt() {
    // given
    running();
    tables.put("a.rows", table(ROWS.add("must", DataTypes.StringType, false), List.of("id")));
    tables.put(
        "a.stats",
        table(
            new StructType().add("id", DataTypes.StringType).add("n", DataTypes.BooleanType),
            List.of()));

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .extracting(change -> change.effect() + " " + change.what())
        .containsExactly(
            "rebuild its column 'must' may not be null and is not written",
            "rebuild column 'n' is boolean and not bigint");
  }

  @Test
  void leavesWhatATableHasOfItsOwn() {
    // given
    running();
    Map<String, String> properties = new HashMap<>(TableSpec.DEFAULT_PROPERTIES);
    properties.put("write.parquet.compression-codec", "snappy");
    tables.put(
        "a.rows",
        new Table(ROWS.add("old", DataTypes.StringType), List.of("bucket(4, id)"), properties));

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .extracting(change -> change.effect() + " " + change.what())
        .containsExactly(
            "none column 'old' is not written any more",
            "none partitioned by [bucket(4, id)], the file says [id]",
            "none property 'write.parquet.compression-codec' is snappy, Icestream's tables have"
                + " zstd");
  }

  @Test
  void aSinkThatIsNewToARunningPipelineLacksRows() {
    // given
    running();
    tables.remove("a.stats");
    positions.remove("a.stats");

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .extracting(change -> change.effect() + " " + change.subject())
        .containsExactly("rebuild a.stats");
  }

  @Test
  void aQuarantineTableMayBeNew() {
    // given
    running();
    tables.remove("a.bad");
    positions.remove("a.bad");

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .extracting(change -> change.effect() + " " + change.subject())
        .containsExactly("restart a.bad");
  }

  @Test
  void anotherTopicNeedsAnotherCheckpointAndOtherTables() {
    // given
    running();
    checkpoint = Set.of("old_events");
    positions.put("a.rows", new Position("topic-0", new TreeMap<>(Map.of(0, 10L))));

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .extracting(change -> change.effect() + " " + change.what())
        .containsExactly(
            "new checkpoint the checkpoint has offsets of old_events",
            "rebuild filled from another topic: a.rows");
  }

  @Test
  void takesUpFromTheTablesWithoutACheckpoint() {
    // given
    running();
    checkpoint = Set.of();

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .extracting(change -> change.effect() + " " + change.what())
        .containsExactly("new checkpoint read from 0:10");
  }

  @Test
  void doesNotStartWithoutACheckpointWhereTablesDisagree() {
    // given
    running();
    checkpoint = Set.of();
    positions.put("a.stats", new Position("topic-1", new TreeMap<>(Map.of(0, 5L))));

    // when
    List<PlannedChange> changes = diff();

    // then
    assertThat(changes)
        .extracting(change -> change.effect() + " " + change.what())
        .containsExactly(
            "new checkpoint no checkpoint, and the tables are at different places: a.rows at 0:10,"
                + " a.stats at 0:5");
  }

  private void running() {
    tables.put("a.rows", table(ROWS, List.of("id")));
    tables.put("a.stats", table(ROWS, List.of()));
    tables.put("a.bad", table(REJECTED, List.of()));
    tables
        .keySet()
        .forEach(
            table -> positions.put(table, new Position("topic-1", new TreeMap<>(Map.of(0, 10L)))));
    positions.put("a.bad", new Position("topic-1", new TreeMap<>(Map.of(0, 3L))));
  }

  private static Table table(StructType columns, List<String> partitions) {
    return new Table(columns, partitions, TableSpec.DEFAULT_PROPERTIES);
  }

  private List<PlannedChange> diff() {
    return PlanDiff.of(WANTED, new PresentState(tables, positions, uses, checkpoint));
  }
}
