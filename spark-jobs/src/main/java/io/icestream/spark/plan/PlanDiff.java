/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import io.icestream.spark.plan.PresentState.Position;
import io.icestream.spark.plan.PresentState.Table;
import io.icestream.spark.schema.ColumnDifference;
import io.icestream.spark.schema.SchemaChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What would happen if a pipeline were started now. Pure. */
public final class PlanDiff {
  private final WantedState wanted;
  private final PresentState present;
  private final List<PlannedChange> changes = new ArrayList<>();

  private PlanDiff(WantedState wanted, PresentState present) {
    this.wanted = wanted;
    this.present = present;
  }

  /**
   * Compares.
   *
   * @return changes, the tables' first; those with {@link Effect#NONE} are differences that a start
   *     leaves as they are
   */
  public static List<PlannedChange> of(WantedState wanted, PresentState present) {
    PlanDiff diff = new PlanDiff(wanted, present);
    wanted.tables().forEach(diff::compareTable);
    diff.comparePlace();
    return List.copyOf(diff.changes);
  }

  private void compareTable(TableSpec spec) {
    Table table = present.tables().get(spec.table());
    if (table == null) {
      createTable(spec);
      return;
    }
    compareUse(spec);
    compareColumns(spec, table);
    comparePartitions(spec, table);
    compareProperties(spec, table);
    boolean neverWritten =
        !present.positions().containsKey(spec.table()) && !isSparse(spec) && hasRun();
    if (neverWritten) {
      add(
          spec.table(),
          "sink added to a pipeline that has run",
          Effect.REBUILD,
          "It would lack the rows of all batches before, so its first batch is refused. Give the"
              + " pipeline another name to fill it from the topic's start.");
    }
  }

  private void compareUse(TableSpec spec) {
    TableUse before = present.uses().get(spec.table());
    TableUse now = wanted.uses().get(spec.table());
    if (before != null && now != null && present.positions().containsKey(spec.table())) {
      for (String change : before.changesTo(now)) {
        add(
            spec.table(),
            change,
            Effect.REBUILD,
            "The rows that are there were made otherwise, and would be mixed with new ones. Write to"
                + " another table under another pipeline name, or undo the change.");
      }
    }
  }

  private void createTable(TableSpec spec) {
    String columns =
        Arrays.stream(spec.schema().fields())
            .map(field -> field.name() + " " + field.dataType().simpleString())
            .collect(Collectors.joining(", ", "create table (", ")"));
    String partitions =
        spec.partitionBy().isEmpty()
            ? ""
            : " partitioned by " + String.join(", ", partitionTexts(spec));
    String properties = " with " + new TreeMap<>(properties(spec));
    if (hasRun() && !isSparse(spec)) {
      add(
          spec.table(),
          columns + partitions + properties,
          Effect.REBUILD,
          "The pipeline has run without it: it would lack the rows of all batches before, so its"
              + " first batch is refused. Give the pipeline another name to fill it from the"
              + " topic's start.");
    } else {
      add(
          spec.table(),
          columns + partitions + properties,
          Effect.RESTART,
          "Tables are created when the pipeline starts.");
    }
  }

  private void compareColumns(TableSpec spec, Table table) {
    ColumnDifference difference = ColumnDifference.between(table.columns(), spec.schema());
    boolean aggregate = wanted.aggregates().contains(spec.table());
    boolean filled = present.positions().containsKey(spec.table());
    for (SchemaChange change : difference.changes()) {
      boolean lacksState = aggregate && filled && change instanceof SchemaChange.Added;
      add(
          spec.table(),
          change.toString(),
          lacksState ? Effect.REBUILD : Effect.RESTART,
          lacksState
              ? "The groups that are there have no values of it, and rows that are counted already"
                  + " are not read again. Write to another table under another pipeline name."
              : "The table is altered when the pipeline starts; the rows that are there have null"
                  + " in a new column.");
    }
    for (String contradiction : difference.contradictions()) {
      add(
          spec.table(),
          contradiction,
          Effect.REBUILD,
          "The pipeline does not start on a table that its rows do not fit. Correct the step, alter"
              + " the table, or write to another one.");
    }
    Set<String> unwritten = new LinkedHashSet<>(List.of(table.columns().fieldNames()));
    unwritten.removeAll(Set.of(spec.schema().fieldNames()));
    for (String column : unwritten) {
      if (table.columns().apply(column).nullable()) {
        add(
            spec.table(),
            "column '" + column + "' is not written any more",
            Effect.NONE,
            "It stays, and is null in new rows.");
      }
    }
  }

  private void comparePartitions(TableSpec spec, Table table) {
    List<String> texts = partitionTexts(spec);
    if (!texts.equals(table.partitionBy())) {
      add(
          spec.table(),
          "partitioned by " + table.partitionBy() + ", the file says " + texts,
          Effect.NONE,
          "The table keeps its own partitioning. Change it with ALTER TABLE ... ADD or DROP"
              + " PARTITION FIELD, also while the pipeline runs; only new files follow.");
    }
  }

  private void compareProperties(TableSpec spec, Table table) {
    new TreeMap<>(properties(spec))
        .forEach(
            (key, value) -> {
              String found = table.properties().get(key);
              if (!value.equals(found)) {
                add(
                    spec.table(),
                    "property '" + key + "' is " + found + ", Icestream's tables have " + value,
                    Effect.NONE,
                    "The table keeps its own. Change it with ALTER TABLE ... SET TBLPROPERTIES.");
              }
            });
  }

  private void comparePlace() {
    if (!present.checkpointTopics().isEmpty()
        && !present.checkpointTopics().contains(wanted.topic())) {
      add(
          topic(),
          "the checkpoint has offsets of " + String.join(", ", present.checkpointTopics()),
          Effect.NEW_CHECKPOINT,
          "Offsets of one topic mean nothing in another. Move the checkpoint away, or give the"
              + " pipeline another name.");
    }
    List<String> foreign =
        present.positions().entrySet().stream()
            .filter(entry -> !entry.getValue().topicId().equals(wanted.topicId()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!foreign.isEmpty()) {
      add(
          topic(),
          "filled from another topic: " + String.join(", ", foreign),
          Effect.REBUILD,
          "Another topic, or one that was deleted and created again, has other records at the same"
              + " offsets. Write to new tables under another pipeline name.");
    } else if (present.checkpointTopics().isEmpty()) {
      startWithoutCheckpoint();
    }
  }

  private void startWithoutCheckpoint() {
    Map<String, Position> sinks = new TreeMap<>(present.positions());
    sinks.keySet().removeAll(wanted.sparse());
    if (sinks.isEmpty()) {
      add(topic(), "read from " + wanted.start(), Effect.RESTART, "The pipeline has not run yet.");
    } else if (new HashSet<>(sinks.values()).size() == 1) {
      add(
          topic(),
          "read from " + describe(sinks.values().iterator().next()),
          Effect.NEW_CHECKPOINT,
          "There is no checkpoint, and all tables are there: nothing is lost or repeated.");
    } else {
      String places =
          sinks.entrySet().stream()
              .map(entry -> entry.getKey() + " at " + describe(entry.getValue()))
              .collect(Collectors.joining(", "));
      add(
          topic(),
          "no checkpoint, and the tables are at different places: " + places,
          Effect.NEW_CHECKPOINT,
          "The pipeline does not start until 'icestream recover' has brought them to one place.");
    }
  }

  /** Partition and next offset, as in {@code 0:120 1:98}. */
  private static String describe(Position position) {
    return position.offsets().entrySet().stream()
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  /** A topic may be called as a table is. */
  private String topic() {
    return "topic " + wanted.topic();
  }

  private boolean hasRun() {
    return present.positions().keySet().stream().anyMatch(t -> !wanted.sparse().contains(t));
  }

  private boolean isSparse(TableSpec spec) {
    return wanted.sparse().contains(spec.table());
  }

  private static List<String> partitionTexts(TableSpec spec) {
    return spec.partitionBy().stream().map(Object::toString).toList();
  }

  private static Map<String, String> properties(TableSpec spec) {
    Map<String, String> properties = new TreeMap<>(TableSpec.DEFAULT_PROPERTIES);
    properties.putAll(spec.properties());
    return properties;
  }

  private void add(String subject, String what, Effect effect, String reason) {
    changes.add(new PlannedChange(subject, what, effect, reason));
  }
}
