/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What a job in a process of its own is told, as a properties file. */
record JobFile(Properties entries) {
  private static final String CATALOG = "catalog.";

  /** The entries that every job has. */
  static JobFile of(Drain drain) {
    Properties entries = new Properties();
    entries.setProperty("bootstrap.servers", drain.bootstrapServers());
    entries.setProperty("topic", drain.topic());
    entries.setProperty("rows", Long.toString(drain.rows()));
    entries.setProperty("commit.rows", Long.toString(drain.settings().commitRows()));
    entries.setProperty("commit.millis", Long.toString(drain.settings().commitEvery().toMillis()));
    entries.setProperty("workload", drain.workload().label());
    entries.setProperty("folder", drain.folder().toString());
    entries.setProperty("columns.spark", drain.workload().shape().spark());
    entries.setProperty("columns.flink", drain.workload().shape().flink());
    entries.setProperty("columns.avro", drain.workload().shape().avro());
    drain.lake().catalog().forEach((key, value) -> entries.setProperty(CATALOG + key, value));
    return new JobFile(entries);
  }

  /** The same with one more entry. */
  JobFile with(String key, String value) {
    entries.setProperty(key, value);
    return this;
  }

  static JobFile read(Path file) {
    Properties entries = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      entries.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
    return new JobFile(entries);
  }

  /** Writes it to the folder of the drain; the file. */
  Path write(Path folder) {
    Path file = folder.resolve("job.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      entries.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
    return file;
  }

  String get(String key) {
    String value = entries.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("The job is not told its '" + key + "'");
    }
    return value;
  }

  long number(String key) {
    return Long.parseLong(get(key));
  }

  boolean is(String key) {
    return Boolean.parseBoolean(entries.getProperty(key, "false"));
  }

  Map<String, String> catalog() {
    Map<String, String> catalog = new TreeMap<>();
    for (String key : entries.stringPropertyNames()) {
      if (key.startsWith(CATALOG)) {
        catalog.put(key.substring(CATALOG.length()), entries.getProperty(key));
      }
    }
    return catalog;
  }
}
