/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.source.KafkaTopic;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Spark's offset log, read only: the file that fixes what a batch reads, written before the batch
 * runs (Spark's MicroBatchExecution, OffsetSeqLog). Boundaries are taken from it and not from the
 * rows, since a replayed batch may return fewer rows and has the same boundaries all the same.
 */
final class OffsetLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path checkpoint;
  private final Configuration configuration;
  private final KafkaTopic topic;

  /**
   * @param checkpoint folder of the checkpoint
   * @param configuration how to reach it
   * @param topic the only topic of the query
   */
  OffsetLog(String checkpoint, Configuration configuration, KafkaTopic topic) {
    this.checkpoint = new Path(checkpoint);
    this.configuration = configuration;
    this.topic = topic;
  }

  /** Whether the checkpoint has planned a batch yet. */
  boolean isEmpty() {
    Path offsets = new Path(checkpoint, "offsets");
    try {
      FileSystem files = offsets.getFileSystem(configuration);
      return !files.exists(offsets) || files.listStatus(offsets).length == 0;
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint " + checkpoint + " cannot be read", e);
    }
  }

  /** What a batch reads. */
  BatchRange range(long batch) {
    try {
      List<String> lines = lines(new Path(checkpoint, "offsets/" + batch));
      Path previous = new Path(checkpoint, "offsets/" + (batch - 1));
      TopicOffsets start = start();
      TopicOffsets from = batch > 0 && exists(previous) ? offsets(last(lines(previous))) : start;
      JsonNode metadata = JSON.readTree(lines.get(1));
      return new BatchRange(
          batch,
          from,
          offsets(last(lines)),
          Instant.ofEpochMilli(metadata.get("batchTimestampMs").asLong()),
          from.equals(start));
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint " + checkpoint + " cannot be read", e);
    }
  }

  /** Where the first batch begins. */
  TopicOffsets start() {
    try {
      return offsets(last(lines(new Path(checkpoint, "sources/0/0"))));
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint " + checkpoint + " cannot be read", e);
    }
  }

  /**
   * The topics whose offsets the checkpoint started with; none if it cannot be understood, which
   * {@link CheckpointFolder} tells more of.
   */
  Set<String> topics() {
    try {
      List<String> lines = lines(new Path(checkpoint, "sources/0/0"));
      return lines.isEmpty()
          ? Set.of()
          : JSON.readValue(last(lines), new TypeReference<Map<String, Map<Integer, Long>>>() {})
              .keySet();
    } catch (JsonProcessingException | FileNotFoundException | ChecksumException e) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint " + checkpoint + " cannot be read", e);
    }
  }

  private TopicOffsets offsets(String json) throws IOException {
    Map<String, SortedMap<Integer, Long>> byTopic = JSON.readValue(json, new TypeReference<>() {});
    return new TopicOffsets(topic.id(), byTopic.getOrDefault(topic.name(), new TreeMap<>()));
  }

  private boolean exists(Path file) throws IOException {
    return file.getFileSystem(configuration).exists(file);
  }

  private List<String> lines(Path file) throws IOException {
    try (InputStream stream = file.getFileSystem(configuration).open(file)) {
      // Kafka's first offsets start with a zero byte, for readers older than Spark 2.1
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\0", "");
      return text.lines().toList();
    }
  }

  private static String last(List<String> lines) {
    String line = lines.get(lines.size() - 1);
    return line.startsWith("v1") ? line.substring(2) : line;
  }
}
