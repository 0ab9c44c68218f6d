/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.spark.recovery.CheckpointState;
import io.icestream.spark.source.KafkaTopic;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A checkpoint's folder. Spark trusts it: it goes on after a batch that was never committed with no
 * more than a warning, and fails with a stack trace where a file is cut off. So it is looked
 * through before a query starts.
 */
final class CheckpointFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path checkpoint;
  private final Configuration configuration;
  private final KafkaTopic topic;

  /**
   * @param checkpoint the folder
   * @param configuration how to reach it
   * @param topic the only topic of the query
   */
  CheckpointFolder(String checkpoint, Configuration configuration, KafkaTopic topic) {
    this.checkpoint = new Path(checkpoint);
    this.configuration = configuration;
    this.topic = topic;
  }

  /** What is there, and whether Spark can go on from it. Changes nothing. */
  CheckpointState state() {
    try {
      return look();
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint " + checkpoint + " cannot be read", e);
    }
  }

  /**
   * Where {@link #setAside} would move it at a time: beside it, so that nothing is lost. The next
   * start begins a new one.
   */
  String asideAt(Instant now) {
    return checkpoint + ".set-aside-" + TIME.format(now);
  }

  /** Moves the folder away. Does nothing if it is not there. */
  void setAside(Instant now) {
    try {
      FileSystem files = checkpoint.getFileSystem(configuration);
      if (files.exists(checkpoint) && !files.rename(checkpoint, new Path(asideAt(now)))) {
        throw new IOException("It cannot be renamed to " + asideAt(now));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint " + checkpoint + " cannot be set aside", e);
    }
  }

  private CheckpointState look() throws IOException {
    SortedSet<Long> offsets = numbers("offsets");
    SortedSet<Long> commits = numbers("commits");
    List<String> problems = new ArrayList<>();
    if (offsets.isEmpty() && commits.isEmpty() && !exists("sources/0/0")) {
      return new CheckpointState.Absent();
    }
    checkStart(problems);
    if (offsets.isEmpty()) {
      if (!commits.isEmpty()) {
        problems.add("commits/" + commits.last() + " is there and offsets/ is empty");
      }
      return problems.isEmpty()
          ? new CheckpointState.Started(log().start())
          : new CheckpointState.Damaged(problems);
    }
    checkMetadata(problems);
    checkOffsets(offsets, problems);
    checkCommits(offsets.last(), commits, problems);
    return problems.isEmpty()
        ? new CheckpointState.Planned(
            log().range(offsets.last()),
            !commits.isEmpty() && commits.last().equals(offsets.last()))
        : new CheckpointState.Damaged(problems);
  }

  private void checkMetadata(List<String> problems) throws IOException {
    List<String> lines = read("metadata", problems);
    if (lines != null && !json(lines, 0).path("id").isTextual()) {
      problems.add(incomplete("metadata"));
    }
  }

  private void checkStart(List<String> problems) throws IOException {
    List<String> lines = read("sources/0/0", problems);
    if (lines != null) {
      String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
      checkTopic("sources/0/0", last.startsWith("v1") ? last.substring(2) : last, problems);
    }
  }

  /** Spark needs the newest two, and removes the oldest ones: a hole is no work of its own. */
  private void checkOffsets(SortedSet<Long> offsets, List<String> problems) throws IOException {
    for (long batch = offsets.first(); batch < offsets.last(); batch++) {
      if (!offsets.contains(batch)) {
        problems.add("offsets/" + batch + " is missing, below offsets/" + offsets.last());
      }
    }
    for (Long batch : offsets.tailSet(offsets.last() - 1)) {
      String name = "offsets/" + batch;
      List<String> lines = read(name, problems);
      if (lines == null) {
        continue;
      }
      if (lines.size() != 3
          || !lines.get(0).equals("v1")
          || !json(lines, 1).path("batchTimestampMs").isIntegralNumber()) {
        problems.add(incomplete(name));
      } else {
        checkTopic(name, lines.get(2), problems);
      }
    }
    if (offsets.size() == 1 && offsets.last() > 0) {
      problems.add("offsets/" + (offsets.last() - 1) + " is missing");
    }
  }

  private void checkCommits(long newest, SortedSet<Long> commits, List<String> problems)
      throws IOException {
    long done = commits.isEmpty() ? -1 : commits.last();
    if (done > newest) {
      problems.add("commits/" + done + " is there and offsets/" + done + " is not");
    } else if (done < newest - 1) {
      problems.add(
          "the newest commit is "
              + (done < 0 ? "missing" : "commits/" + done)
              + ", and the newest planned batch offsets/"
              + newest
              + ": at most one batch can be under way");
    }
    List<String> lines = done < 0 ? null : read("commits/" + done, problems);
    if (lines != null && (lines.size() < 2 || !json(lines, 1).isObject())) {
      problems.add(incomplete("commits/" + done));
    }
  }

  private void checkTopic(String name, String text, List<String> problems) {
    JsonNode byTopic = json(List.of(text), 0);
    if (!byTopic.isObject() || byTopic.isEmpty()) {
      problems.add(incomplete(name));
    } else if (byTopic.size() != 1 || !byTopic.has(topic.name())) {
      Set<String> found = new TreeSet<>();
      byTopic.fieldNames().forEachRemaining(found::add);
      problems.add(name + " has offsets of " + found + ", and the topic is '" + topic.name() + "'");
    }
  }

  private static String incomplete(String name) {
    return name + " is empty or incomplete";
  }

  /** The lines of a file; null if it is missing or damaged, which is a problem then. */
  private List<String> read(String name, List<String> problems) throws IOException {
    Path file = new Path(checkpoint, name);
    try (InputStream stream = file.getFileSystem(configuration).open(file)) {
      // Kafka's first offsets start with a zero byte, for readers older than Spark 2.1
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\0", "");
      return text.lines().toList();
    } catch (FileNotFoundException e) {
      problems.add(name + " is missing");
    } catch (ChecksumException e) {
      problems.add(name + " is not what was written: its checksum differs");
    }
    return null;
  }

  private static JsonNode json(List<String> lines, int index) {
    try {
      return index < lines.size()
          ? JSON.readTree(lines.get(index))
          : JSON.getNodeFactory().missingNode();
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().missingNode();
    }
  }

  /** The batches that have a file; other files are Spark's temporary ones and checksums. */
  private SortedSet<Long> numbers(String folder) throws IOException {
    SortedSet<Long> numbers = new TreeSet<>();
    Path path = new Path(checkpoint, folder);
    FileSystem files = path.getFileSystem(configuration);
    if (files.exists(path)) {
      for (FileStatus status : files.listStatus(path)) {
        String name = status.getPath().getName();
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
          numbers.add(Long.valueOf(name));
        }
      }
    }
    return numbers;
  }

  private boolean exists(String name) throws IOException {
    Path file = new Path(checkpoint, name);
    return file.getFileSystem(configuration).exists(file);
  }

  private OffsetLog log() {
    return new OffsetLog(checkpoint.toString(), configuration, topic);
  }
}
