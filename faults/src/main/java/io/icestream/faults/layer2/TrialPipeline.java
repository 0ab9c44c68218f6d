/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import io.icestream.faults.lake.LakeReader;
import io.icestream.faults.oracle.AppendModel;
import io.icestream.faults.oracle.GroupsModel;
import io.icestream.faults.oracle.Mark;
import io.icestream.faults.oracle.QuarantineModel;
import io.icestream.faults.oracle.SinkState;
import io.icestream.faults.oracle.SinkState.Chain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pipeline of a trial: one topic into an append sink, a sink of groups and quarantine.
 *
 * @param name of the pipeline, of its topic and of its tables' namespace
 */
record TrialPipeline(String name) {
  private static final String SCHEMA =
      """
      { "type": "record", "name": "event", "fields": [
        { "name": "id", "type": "string" },
        { "name": "account", "type": "string" },
        { "name": "seq", "type": "long" },
        { "name": "amount", "type": "long" },
        { "name": "note", "type": ["null", "string"], "default": null }
      ] }
      """;

  private static final String FILE =
      """
      version: 1
      name: %1$s
      sources:
        events:
          kafka: { topic: %1$s, start: earliest }
          format: { type: json, schema: event.avsc }
      steps:
        totals:
          sql: SELECT account, count(*) AS n, sum(amount) AS total FROM events GROUP BY account
      sinks:
        %1$s.events: { from: events, mode: append }
        %1$s.totals: { from: totals, mode: upsert, key: [account] }
      quarantine: { table: %1$s.quarantine }
      """;

  /** Writes the pipeline file and its schema to a folder that exists; the pipeline file. */
  Path write(Path folder) {
    try {
      Files.writeString(folder.resolve("event.avsc"), SCHEMA);
      return Files.writeString(folder.resolve(name + ".yaml"), FILE.formatted(name));
    } catch (IOException e) {
      throw new UncheckedIOException("The pipeline cannot be written to " + folder, e);
    }
  }

  /** What each sink says of its newest batch; without the quarantine, which skips batches. */
  List<Optional<Mark>> marks(LakeReader reader) {
    return Stream.of("events", "totals").map(t -> reader.newestMark(table(t))).toList();
  }

  /** Whether each sink has come to an end of the topic. */
  boolean isAt(Map<Integer, Long> end, LakeReader reader) {
    return marks(reader).stream().allMatch(mark -> mark.map(Mark::to).equals(Optional.of(end)));
  }

  /** All tables, for the oracle. */
  List<SinkState> states(LakeReader reader) {
    return List.of(
        reader.read(table("events"), new AppendModel(), Chain.GAPLESS),
        reader.read(
            table("totals"), new GroupsModel("account", "amount", "n", "total"), Chain.GAPLESS),
        reader.read(table("quarantine"), new QuarantineModel(), Chain.SPARSE));
  }

  private String table(String table) {
    return name + "." + table;
  }
}
