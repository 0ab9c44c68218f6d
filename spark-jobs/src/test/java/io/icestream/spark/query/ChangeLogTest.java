/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.query.SimulatedDatabase.Delivery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More than a hundred thousand changes of a database, which arrive late, out of order, twice and in
 * another partition: the tables are what the database is and has been.
 */
class ChangeLogTest {
  private static final int CHANGES = 105_000;
  private static final int KEYS = 5_000;
  private static final int BATCHES = 6;
  private static final String YAML =
      """
      version: 1
      name: mirror
      sources:
        changes:
          kafka: { topic: changes }
          format: { type: debezium, schema: row.avsc }
      sinks:
        %1$s_hard: { from: changes, mode: cdc, key: [id] }
        %1$s_soft: { from: changes, mode: cdc, key: [id], deletes: soft }
        %1$s_history: { from: changes, mode: cdc, key: [id], history: scd2 }
      quarantine: { table: %1$s_bad }
      """;

  private record Arrival(double time, int partition, Delivery delivery) {}

  @Test
  void makesTheTablesWhatTheDatabaseIs(@TempDir Path folder) throws IOException {
    // given
    long seed = Long.getLong("icestream.test.seed", 20_260_131L);
    SimulatedDatabase database = new SimulatedDatabase(seed, KEYS);
    while (database.changes() < CHANGES) {
      for (int i = 0; i < 5_000; i++) {
        database.change();
      }
    }
    List<Arrival> arrivals = arrivals(database.log(), new Random(seed + 1));
    String tables = LocalSpark.freshTable();
    ChangePipeline pipeline =
        new ChangePipeline(folder, Debezium.SCHEMA, YAML.formatted(tables), true);

    // when
    long read = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      int from = (int) ((long) arrivals.size() * batch / BATCHES);
      int to = (int) ((long) arrivals.size() * (batch + 1) / BATCHES);
      for (Arrival arrival : arrivals.subList(from, to)) {
        for (String value : arrival.delivery().values()) {
          pipeline.send(arrival.partition(), arrival.delivery().key(), value);
          read++;
        }
      }
      pipeline.runBatch();
    }

    // then
    assertThat(read).isGreaterThan(CHANGES);
    assertSame(seed, pipeline.content(tables + "_hard", "id", "name", "note"), database.present());
    assertSame(
        seed,
        pipeline.content(tables + "_soft", "id", "name", "note", "_is_deleted"),
        database.marked());
    assertSame(
        seed,
        pipeline.content(
            tables + "_history",
            "id",
            "name",
            "note",
            "unix_millis(_valid_from) AS f",
            "unix_millis(_valid_to) AS t",
            "_is_current"),
        database.history());
    assertThat(LocalSpark.session().table(tables + "_bad").isEmpty()).isTrue();
  }

  private static void assertSame(long seed, List<String> found, List<String> expected) {
    List<String> surplus = new ArrayList<>(found);
    List<String> missing = new ArrayList<>(expected);
    surplus.removeAll(new HashSet<>(expected));
    missing.removeAll(new HashSet<>(found));
    assertThat(surplus).as("rows that the database has not, with seed %d", seed).isEmpty();
    assertThat(missing).as("rows that only the database has, with seed %d", seed).isEmpty();
    assertThat(found).hasSameSizeAs(expected);
  }

  /** Most come a little late, some after whole batches, and some a second time elsewhere. */
  private static List<Arrival> arrivals(List<Delivery> log, Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      Delivery delivery = log.get(i);
      int home = Math.floorMod(delivery.key().hashCode(), 2);
      double delay = random.nextInt(50) == 0 ? random.nextInt(50_000) : random.nextInt(3_000);
      arrivals.add(new Arrival(i + delay, home, delivery));
      if (random.nextInt(20) == 0) {
        arrivals.add(new Arrival(i + delay + random.nextInt(40_000), random.nextInt(2), delivery));
      }
    }
    return arrivals.stream().sorted(Comparator.comparingDouble(Arrival::time)).toList();
  }
}
