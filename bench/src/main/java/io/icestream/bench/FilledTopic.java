/* SPDX-License-Identifier: MIT */
package io.icestream.bench;

import io.icestream.bench.workload.RowChecksum;
import io.icestream.bench.workload.Workload;
import io.icestream.bench.workload.WorkloadRecords;
import io.icestream.producers.kafka.Pace;
import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.ProductionResult;
import io.icestream.producers.kafka.ProgressListener;
import io.icestream.producers.kafka.TopicProducer;
import io.icestream.producers.kafka.TopicSpec;
import io.icestream.producers.kafka.Topics;
import io.icestream.producers.ledger.ProductionLedger;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A topic with the records of a workload.
 *
 * @param name of the topic
 * @param rows what a table of it has to hold
 * @param bytes of the values of its records
 */
record FilledTopic(String name, RowChecksum rows, long bytes) {
  static final int PARTITIONS = 4;

  /** Kafka keeps records for a week. */
  private static final Duration REUSED_FOR = Duration.ofDays(5);

  /**
   * Fills a topic, or finds one that an earlier benchmark has filled.
   *
   * @param notes folder in which filled topics are written down
   */
  static FilledTopic of(
      Workload workload, long rows, long seed, ProducerSettings kafka, Path notes) {
    Path note = notes.resolve(workload.label() + "-" + rows + "-" + seed + ".properties");
    return read(note, workload).orElseGet(() -> fill(workload, rows, seed, kafka, note));
  }

  private static FilledTopic fill(
      Workload workload, long rows, long seed, ProducerSettings kafka, Path note) {
    // One that was filled half has another name
    String name = "bench-" + workload.label() + "-" + rows + "-" + Instant.now().toEpochMilli();
    WorkloadRecords records = new WorkloadRecords(workload, rows, seed);
    try (Topics topics = Topics.connect(kafka)) {
      topics.createIfAbsent(List.of(new TopicSpec(name, PARTITIONS)));
    }
    try (TopicProducer producer = TopicProducer.connect(kafka)) {
      ProductionResult result =
          producer.produce(
              name, records, Pace.unlimited(), ProductionLedger.none(), ProgressListener.none());
      if (result.acknowledged() != rows) {
        throw new BenchException(
            "Topic " + name + " has got " + result.acknowledged() + " of " + rows + " records");
      }
    }
    FilledTopic filled = new FilledTopic(name, records.checksum(), records.bytes());
    filled.write(note);
    return filled;
  }

  private static Optional<FilledTopic> read(Path note, Workload workload) {
    try {
      if (!Files.exists(note)
          || Files.getLastModifiedTime(note)
              .toInstant()
              .isBefore(Instant.now().minus(REUSED_FOR))) {
        return Optional.empty();
      }
      Properties entries = new Properties();
      try (Reader reader = Files.newBufferedReader(note)) {
        entries.load(reader);
      }
      return Optional.of(
          new FilledTopic(
              entries.getProperty("name"),
              RowChecksum.parse(workload.shape(), entries.getProperty("rows")),
              Long.parseLong(entries.getProperty("bytes"))));
    } catch (IOException e) {
      throw new UncheckedIOException(note + " cannot be read", e);
    }
  }

  private void write(Path note) {
    Properties entries = new Properties();
    entries.setProperty("name", name);
    entries.setProperty("rows", rows.line());
    entries.setProperty("bytes", Long.toString(bytes));
    try {
      Files.createDirectories(note.getParent());
      try (Writer writer = Files.newBufferedWriter(note)) {
        entries.store(writer, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(note + " cannot be written", e);
    }
  }
}
