/* SPDX-License-Identifier: MIT */
package io.icestream.bench.lake;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an object store was asked.
 *
 * @param puts objects written
 * @param gets stretches read
 * @param heads looks at whether an object is there or how long it is
 * @param deletes objects deleted
 * @param bytesPut bytes written
 * @param bytesGot bytes read
 */
public record StoreRequests(
    long puts, long gets, long heads, long deletes, long bytesPut, long bytesGot) {
  /** The system property that names the file that counts are written to. */
  public static final String FILE = "icestream.bench.requests";

  private static final LongAdder PUTS = new LongAdder();
  private static final LongAdder GETS = new LongAdder();
  private static final LongAdder HEADS = new LongAdder();
  private static final LongAdder DELETES = new LongAdder();
  private static final LongAdder BYTES_PUT = new LongAdder();
  private static final LongAdder BYTES_GOT = new LongAdder();

  static {
    String file = System.getProperty(FILE);
    if (file != null) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> ofThisProcess().write(Path.of(file))));
    }
  }

  /** All requests together. */
  public long all() {
    return puts + gets + heads + deletes;
  }

  /** What a process has written when it ended; no requests if it has made none. */
  public static StoreRequests read(Path file) {
    if (!Files.exists(file)) {
      return new StoreRequests(0, 0, 0, 0, 0, 0);
    }
    Properties counts = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      counts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
    return new StoreRequests(
        number(counts, "puts"),
        number(counts, "gets"),
        number(counts, "heads"),
        number(counts, "deletes"),
        number(counts, "bytes-put"),
        number(counts, "bytes-got"));
  }

  static StoreRequests ofThisProcess() {
    return new StoreRequests(
        PUTS.sum(), GETS.sum(), HEADS.sum(), DELETES.sum(), BYTES_PUT.sum(), BYTES_GOT.sum());
  }

  static void put(long bytes) {
    PUTS.increment();
    BYTES_PUT.add(bytes);
  }

  static void got() {
    GETS.increment();
  }

  static void gotBytes(long bytes) {
    BYTES_GOT.add(bytes);
  }

  static void looked() {
    HEADS.increment();
  }

  static void deleted() {
    DELETES.increment();
  }

  void write(Path file) {
    Properties counts = new Properties();
    counts.setProperty("puts", Long.toString(puts));
    counts.setProperty("gets", Long.toString(gets));
    counts.setProperty("heads", Long.toString(heads));
    counts.setProperty("deletes", Long.toString(deletes));
    counts.setProperty("bytes-put", Long.toString(bytesPut));
    counts.setProperty("bytes-got", Long.toString(bytesGot));
    try (Writer writer = Files.newBufferedWriter(file)) {
      counts.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  private static long number(Properties counts, String name) {
    return Long.parseLong(counts.getProperty(name));
  }
}
