/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import io.icestream.bench.lake.Partitions;
import io.icestream.bench.workload.Encoding;
import io.icestream.bench.workload.Workload;
import io.icestream.spark.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Icestream as {@code ./icestream run --until-drained} starts it. */
final class Icestream implements MeasuredSystem {
  private static final String PIPELINE =
      """
      version: 1
      name: bench
      sources:
        events:
          kafka: { topic: %s, start: earliest }
          format: { type: %s, schema: event.avsc }
      sinks:
        bench.events: { from: events, mode: append, partition_by: %s }
      quarantine: { table: bench.quarantine }
      """;

  @Override
  public String label() {
    return "icestream";
  }

  @Override
  public String title() {
    return "Icestream, `run --until-drained`, one source, one append sink";
  }

  @Override
  public Leaves leaves() {
    return Leaves.ROWS;
  }

  @Override
  public boolean drains(Workload workload, Partitions partitions) {
    return true;
  }

  @Override
  public List<String> prepare(Drain drain) {
    return command(drain, List.of("--until-drained"));
  }

  /**
   * Icestream as {@code ./icestream run} starts it.
   *
   * @param pace further arguments
   */
  static List<String> command(Drain drain, List<String> pace) {
    Path folder = drain.folder();
    Path pipeline = folder.resolve("bench.yaml");
    Path environment = folder.resolve("environment.properties");
    Encoding encoding = drain.workload().encoding();
    try {
      Files.createDirectories(drain.lake().folder());
      Files.writeString(folder.resolve("event.avsc"), drain.workload().shape().avro());
      Files.writeString(
          pipeline,
          PIPELINE.formatted(
              drain.topic(),
              encoding.name().toLowerCase(Locale.ROOT),
              drain.settings().partitions().yaml(drain.workload().shape())));
      Files.writeString(environment, environment(drain));
    } catch (IOException e) {
      throw new UncheckedIOException("The pipeline cannot be written to " + folder, e);
    }
    JavaCommand java = new JavaCommand(drain).opens();
    java.option("-Dlog4j2.configurationFile=classpath:icestream-log4j2.properties");
    java.option("-Dlog4j2.disableJmx=true").option("-Dicestream.log=" + folder.resolve("log"));
    if (drain.settings().profile()) {
      // The recorder does not get on with a class archive
      java.option("-XX:StartFlightRecording=settings=profile,filename=" + drain.recording());
    } else {
      java.inherit(o -> o.startsWith("-XX:SharedArchiveFile=") || o.startsWith("-Xlog:"));
    }
    java.inherit(o -> o.startsWith("-XX:MaxNewSize="));
    List<String> arguments = new ArrayList<>(pace);
    arguments.addAll(List.of("--pipeline", pipeline.toString()));
    arguments.addAll(List.of("--environment", environment.toString()));
    arguments.addAll(List.of("--max-offsets", Long.toString(drain.settings().commitRows())));
    return java.main(Main.class.getName(), arguments);
  }

  private static String environment(Drain drain) {
    StringBuilder text = new StringBuilder();
    text.append("kafka.bootstrap.servers=").append(drain.bootstrapServers()).append('\n');
    text.append("catalog.type=jdbc\n");
    for (Map.Entry<String, String> entry : drain.lake().catalog().entrySet()) {
      text.append("catalog.").append(entry.getKey()).append('=').append(entry.getValue());
      text.append('\n');
    }
    text.append("checkpoints=").append(drain.folder().resolve("checkpoints")).append('\n');
    return text.toString();
  }
}
