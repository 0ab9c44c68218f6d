/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.faults.oracle.Digest;
import io.icestream.faults.oracle.ProducedLog;
import io.icestream.faults.oracle.ProducedRecord;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The records of a combination: transactions of a few accounts, each account in one partition, with
 * some that cannot be decoded. A function of the seed.
 */
record Workload(List<Sent> records) {
  static final int PARTITIONS = 2;

  /** Records of one batch: three of them are in the topic. */
  static final int BATCH = 16;

  static final int RECORDS = 3 * BATCH;

  static final String SCHEMA =
      """
      { "type": "record", "name": "event", "fields": [
        { "name": "id", "type": "string" },
        { "name": "account", "type": "string" },
        { "name": "seq", "type": "long" },
        { "name": "amount", "type": "long" },
        { "name": "op", "type": "string" },
        { "name": "at", "type": { "type": "long", "logicalType": "timestamp-micros" } },
        { "name": "note", "type": ["null", "string"], "default": null }
      ] }
      """;

  private static final int ACCOUNTS = 6;
  private static final List<String> OPS = List.of("c", "u", "u", "d");
  private static final OffsetDateTime FIRST = OffsetDateTime.parse("2026-01-01T00:00:00Z");

  /** Seconds from one record to the next, more than there are records. */
  private static final long STEP = 100;

  /** By how many records a change may come too early or too late. */
  private static final long SPREAD = 12;

  /**
   * A record that is sent.
   *
   * @param partition where to
   * @param key its key
   * @param value its value; empty for null
   * @param fields what it holds; empty if it cannot be decoded
   */
  record Sent(
      int partition, String key, Optional<String> value, Optional<Map<String, String>> fields) {}

  static Workload of(long seed) {
    Random random = new Random(seed);
    List<Sent> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      int partition = i % PARTITIONS;
      String account = "a" + (PARTITIONS * random.nextInt(ACCOUNTS / PARTITIONS) + partition);
      // Each batch has good and bad records of both partitions
      records.add(
          switch (i % BATCH) {
            case 4 ->
                new Sent(partition, account, Optional.of("{ \"id\": \"torn"), Optional.empty());
            case 7 -> new Sent(partition, account, Optional.empty(), Optional.empty());
            case 10 -> new Sent(partition, account, Optional.of(wrongType(i)), Optional.empty());
            default -> good(i, partition, account, random);
          });
    }
    return new Workload(List.copyOf(records));
  }

  /**
   * What the topic holds.
   *
   * @param offsets the acknowledged offset of each record
   */
  ProducedLog acknowledged(List<Long> offsets) {
    List<ProducedRecord> log = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      Sent sent = records.get(i);
      log.add(
          new ProducedRecord(
              sent.partition(),
              offsets.get(i),
              sent.fields().isPresent(),
              Digest.of(sent.value().map(v -> v.getBytes(UTF_8)).orElse(null)),
              sent.fields().orElse(Map.of())));
    }
    return new ProducedLog(log);
  }

  private static Sent good(int i, int partition, String account, Random random) {
    int amount = random.nextInt(100);
    String op = OPS.get(random.nextInt(OPS.size()));
    // All times differ, and they do not follow the offsets
    OffsetDateTime at = FIRST.plusSeconds(STEP * (long) i + STEP * random.nextLong(SPREAD) + i);
    Map<String, String> fields =
        Map.of(
            "id",
            "r" + i,
            "account",
            account,
            "seq",
            Integer.toString(i),
            "amount",
            Integer.toString(amount),
            "op",
            op,
            "at",
            at.toString(),
            "note",
            "of " + i + " \u00e9");
    String value =
        """
        {"id": "r%d", "account": "%s", "seq": %d, "amount": %d, "op": "%s",
         "at": "%s", "note": "%s"}"""
            .formatted(i, account, i, amount, op, at.toInstant(), fields.get("note"));
    return new Sent(partition, account, Optional.of(value), Optional.of(fields));
  }

  private static String wrongType(int i) {
    return """
        {"id": "r%d", "account": "a0", "seq": "many", "amount": 1, "op": "c",
         "at": "2026-01-01T00:00:00Z"}"""
        .formatted(i);
  }
}
