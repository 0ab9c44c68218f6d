/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static io.icestream.spark.query.Debezium.UNAVAILABLE;
import static io.icestream.spark.query.Debezium.key;
import static io.icestream.spark.query.Debezium.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A database table that transactions change one after the other, at random. It knows its rows, what
 * each has been, and the log that a connector would read: what a sink makes of the log has to be
 * what the table is.
 */
final class SimulatedDatabase {
  /**
   * Records that a connector sends together.
   *
   * @param key Kafka's key
   * @param values the records; null is a tombstone
   */
  record Delivery(String key, List<String> values) {}

  private record Row(String name, String note) {}

  private record Open(Row row, long from) {}

  private final Random random;
  private final int keys;
  private final Map<Integer, Open> rows = new TreeMap<>();
  private final Map<Integer, Row> deleted = new TreeMap<>();
  private final List<String> versions = new ArrayList<>();
  private final List<Delivery> log = new ArrayList<>();
  private long lsn = 1000;

  SimulatedDatabase(long seed, int keys) {
    this.random = new Random(seed);
    this.keys = keys;
  }

  /** Makes one transaction: an insertion, an update, a deletion or a change of a key. */
  void change() {
    lsn += 1 + random.nextInt(4);
    int id = random.nextInt(keys);
    int kind = random.nextInt(100);
    if (!rows.containsKey(id)) {
      Row row = new Row("n" + lsn, random.nextInt(10) == 0 ? null : "long" + lsn);
      insert(id, row);
      log(id, event("c", "null", image(id, row)));
    } else if (kind < 75) {
      update(id, kind);
    } else if (kind < 90) {
      delete(id);
      log(id, event("d", key(id), "null"), null);
    } else {
      move(id, kind);
    }
  }

  private void update(int id, int kind) {
    Row before = rows.get(id).row();
    Row after = new Row("n" + lsn, kind < 50 ? before.note() : "long" + lsn);
    versions.add(version(id, before, rows.get(id).from(), time()));
    rows.put(id, new Open(after, time()));
    String told = kind < 40 ? row(id, after.name(), UNAVAILABLE) : image(id, after);
    log(id, event("u", kind < 10 ? image(id, before) : key(id), told));
  }

  private void move(int id, int kind) {
    int other = random.nextInt(keys);
    if (rows.containsKey(other)) {
      return;
    }
    Row row = rows.get(id).row();
    delete(id);
    insert(other, row);
    if (kind < 95) {
      log(id, event("d", key(id), "null"), null);
      log(other, event("c", "null", image(other, row)));
    } else {
      log(other, event("u", image(id, row), image(other, row)));
    }
  }

  private void insert(int id, Row row) {
    rows.put(id, new Open(row, time()));
    deleted.remove(id);
  }

  private void delete(int id) {
    Open open = rows.remove(id);
    versions.add(version(id, open.row(), open.from(), time()));
    deleted.put(id, open.row());
  }

  /** Several changes share a millisecond. */
  private long time() {
    return lsn / 3;
  }

  private String event(String op, String before, String after) {
    return Debezium.change(op, "\"lsn\": " + lsn, time(), before, after);
  }

  private static String image(int id, Row row) {
    return row(id, row.name(), row.note());
  }

  private void log(int id, String... values) {
    List<String> records = new ArrayList<>();
    for (String value : values) {
      records.add(value);
    }
    log.add(new Delivery(key(id), records));
  }

  private static String version(int id, Row row, long from, Long to) {
    return "[%d,%s,%s,%d,%s,%s]".formatted(id, row.name(), row.note(), from, to, to == null);
  }

  /** How many changes the log has. */
  int changes() {
    return log.size();
  }

  /** The log, in its order. */
  List<Delivery> log() {
    return List.copyOf(log);
  }

  /** The rows that there are, sorted as texts. */
  List<String> present() {
    List<String> texts = new ArrayList<>();
    rows.forEach((id, open) -> texts.add(text(id, open.row()) + "]"));
    return texts.stream().sorted().toList();
  }

  /** The rows that there are or have been, sorted as texts. */
  List<String> marked() {
    List<String> texts = new ArrayList<>();
    rows.forEach((id, open) -> texts.add(text(id, open.row()) + ",false]"));
    deleted.forEach((id, row) -> texts.add(text(id, row) + ",true]"));
    return texts.stream().sorted().toList();
  }

  /** All versions of all rows, sorted as texts. */
  List<String> history() {
    List<String> texts = new ArrayList<>(versions);
    rows.forEach((id, open) -> texts.add(version(id, open.row(), open.from(), null)));
    return texts.stream().sorted().toList();
  }

  private static String text(int id, Row row) {
    return "[%d,%s,%s".formatted(id, row.name(), row.note());
  }
}
