/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.spark.commit.Gap;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.recovery.CheckpointState;
import io.icestream.spark.recovery.Move;
import io.icestream.spark.recovery.RecoveryPlan;
import io.icestream.spark.recovery.Slice;
import io.icestream.spark.source.TopicBounds;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/**
 * What a recovery finds and does.
 *
 * @param plan what is there and what has to be done
 * @param checkpoint where the checkpoint is
 * @param aside where it would go
 * @param gapTable where gaps are recorded
 */
record RecoverReport(RecoveryPlan plan, String checkpoint, String aside, String gapTable) {

  void printText(PrintWriter out) {
    TopicBounds topic = plan.situation().topic();
    out.println("topic " + topic.name() + " (id " + topic.id() + ") has " + ranges(topic));
    out.println("checkpoint " + checkpoint + ": " + checkpointState());
    plan.distrust().forEach(problem -> out.println("    " + problem));
    for (SinkEnd table : plan.situation().tables()) {
      String place =
          table
              .marker()
              .map(marker -> "is at " + marker.to().describe() + " (batch " + marker.batch() + ")")
              .orElse("has no rows of this pipeline");
      out.println("table " + table.table() + " " + place);
    }
    if (plan.isNothingToDo()) {
      out.println("Nothing to recover.");
    }
    plan.obstacles().forEach(obstacle -> out.println("obstacle: " + obstacle));
    plan.gaps().forEach(gap -> out.println("gap: " + gap.describe() + "; recorded in " + gapTable));
    for (Move move : plan.moves()) {
      out.println(
          "move: "
              + move.table()
              + " from "
              + move.from().describe()
              + " to "
              + move.to().describe()
              + ", without rows");
    }
    if (!plan.distrust().isEmpty()) {
      out.println("set aside: the checkpoint, as " + aside);
    }
    for (Slice slice : plan.slices()) {
      out.println(
          "slice: from "
              + slice.range().from().describe()
              + " to "
              + slice.range().to().describe()
              + ", "
              + slice.range().offsets()
              + " offsets, to "
              + String.join(", ", slice.due()));
    }
    out.println("The next run starts " + start() + ".");
  }

  /**
   * For programs: {@code topic}, {@code checkpoint}, {@code tables}, {@code obstacles}, {@code
   * gaps}, {@code moves}, {@code slices} and {@code start}. What is not known is null.
   */
  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    TopicBounds topic = plan.situation().topic();
    ObjectNode kafka = root.putObject("topic").put("name", topic.name()).put("id", topic.id());
    topic.earliest().forEach((p, offset) -> kafka.withObject("/earliest").put("" + p, offset));
    topic.latest().forEach((p, offset) -> kafka.withObject("/latest").put("" + p, offset));
    ObjectNode folder = root.putObject("checkpoint").put("path", checkpoint);
    folder.put("state", stateName());
    folder.put("set_aside", plan.distrust().isEmpty() ? null : aside);
    plan.distrust().forEach(folder.putArray("problems")::add);
    ArrayNode tables = root.putArray("tables");
    for (SinkEnd table : plan.situation().tables()) {
      ObjectNode node = tables.addObject().put("table", table.table());
      place(node, "to", table.marker().map(Marker::to));
      node.put("batch", table.marker().map(Marker::batch).orElse(null));
    }
    plan.obstacles().forEach(root.putArray("obstacles")::add);
    ArrayNode gaps = root.putArray("gaps");
    for (Gap gap : plan.gaps()) {
      ObjectNode node = gaps.addObject().put("topic_id", gap.topicId());
      node.put("partition", gap.partition()).put("from", gap.from());
      node.put("to", gap.to().isPresent() ? (Long) gap.to().getAsLong() : null);
      node.put("offsets", gap.count().isPresent() ? (Long) gap.count().getAsLong() : null);
      node.put("reason", gap.reason().name().toLowerCase(Locale.ROOT));
      gap.tables().forEach(node.putArray("tables")::add);
    }
    ArrayNode moves = root.putArray("moves");
    for (Move move : plan.moves()) {
      ObjectNode node = moves.addObject().put("table", move.table());
      place(node, "from", Optional.of(move.from()));
      place(node, "to", Optional.of(move.to()));
    }
    ArrayNode slices = root.putArray("slices");
    for (Slice slice : plan.slices()) {
      ObjectNode node = slices.addObject().put("offsets", slice.range().offsets());
      place(node, "from", Optional.of(slice.range().from()));
      place(node, "to", Optional.of(slice.range().to()));
      slice.due().forEach(node.putArray("tables")::add);
    }
    place(root, "start", plan.start());
    return root.toPrettyString();
  }

  private static void place(ObjectNode node, String name, Optional<TopicOffsets> place) {
    if (place.isEmpty()) {
      node.putNull(name);
      return;
    }
    ObjectNode offsets = node.putObject(name);
    place.get().partitions().forEach((partition, offset) -> offsets.put("" + partition, offset));
  }

  private String checkpointState() {
    return switch (stateName()) {
      case "absent" -> "there is none";
      case "usable" -> "can be used";
      default -> "cannot be used";
    };
  }

  private String stateName() {
    if (plan.situation().checkpoint() instanceof CheckpointState.Absent) {
      return "absent";
    }
    return plan.distrust().isEmpty() ? "usable" : "unusable";
  }

  private String start() {
    if (stateName().equals("usable")) {
      return "where the checkpoint says";
    }
    return plan.start()
        .map(start -> "at " + start.describe())
        .orElse("where 'kafka.start' of the pipeline file says");
  }

  private static String ranges(TopicBounds topic) {
    StringBuilder text = new StringBuilder();
    topic
        .latest()
        .forEach(
            (partition, latest) ->
                text.append(text.isEmpty() ? "" : " ")
                    .append(partition)
                    .append(":[")
                    .append(topic.earliest().getOrDefault(partition, 0L))
                    .append(',')
                    .append(latest)
                    .append(')'));
    return text.toString();
  }
}
