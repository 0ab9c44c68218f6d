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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * More than a hundred thousand changes of a database, which arrive late, out of order, twice and in
 * another partition: the tables are what the database is and has been.
 */
class ChangeLogTest {
  private static final int CHANGES = 105_000;
  private static final int KEYS = 5_000;
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

  @TempDir private Path folder;

  @Test
  void makesTheTablesWhatTheDatabaseIs() throws IOException {
    // given
    long seed = Long.getLong("icestream.test.seed", 20_260_131L);
    SimulatedDatabase database = database(seed, CHANGES, KEYS);
    String tables = LocalSpark.freshTable();

    // when
    long read =
        run(arrivals(database.log(), new Random(seed + 1)), tables, new double[] {0.3, 0.6}, true);

    // then
    assertThat(read).isGreaterThan(CHANGES);
    assertThat(database.changes()).isGreaterThanOrEqualTo(CHANGES);
    assertMirrors(seed, tables, database);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void makesTheSameTablesHoweverBatchesAreCut(long seed) throws IOException {
    // given
    SimulatedDatabase database = database(seed, 200, 15);
    Random random = new Random(seed);
    List<Arrival> arrivals = arrivals(database.log(), random);
    String whole = LocalSpark.freshTable();
    String cut = LocalSpark.freshTable();

    // when
    run(arrivals, whole, new double[0], false);
    run(arrivals, cut, random.doubles(2).sorted().toArray(), false);

    // then
    assertMirrors(seed, whole, database);
    assertMirrors(seed, cut, database);
  }

  private static SimulatedDatabase database(long seed, int changes, int keys) {
    SimulatedDatabase database = new SimulatedDatabase(seed, keys);
    while (database.changes() < changes) {
      database.change();
    }
    return database;
  }

  /**
   * Runs arrivals through a pipeline.
   *
   * @param tables what the names of its tables begin with
   * @param cuts where batches end, as parts of all arrivals
   * @param many whether there are many rows
   * @return how many records there were
   */
  private long run(List<Arrival> arrivals, String tables, double[] cuts, boolean many)
      throws IOException {
    ChangePipeline pipeline =
        new ChangePipeline(folder, Debezium.SCHEMA, YAML.formatted(tables), many);
    long read = 0;
    int from = 0;
    for (int batch = 0; batch <= cuts.length; batch++) {
      double cut = batch < cuts.length ? cuts[batch] : 1;
      int to = (int) (arrivals.size() * cut);
      for (Arrival arrival : arrivals.subList(from, to)) {
        for (String value : arrival.delivery().values()) {
          pipeline.send(arrival.partition(), arrival.delivery().key(), value);
          read++;
        }
      }
      pipeline.runBatch();
      from = to;
    }
    return read;
  }

  private static void assertMirrors(long seed, String tables, SimulatedDatabase database) {
    assertSame(seed, content(tables + "_hard", "id", "name", "note"), database.present());
    assertSame(
        seed, content(tables + "_soft", "id", "name", "note", "_is_deleted"), database.marked());
    assertSame(
        seed,
        content(
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

  private static List<String> content(String table, String... columns) {
    return LocalSpark.sorted(LocalSpark.session().table(table).selectExpr(columns));
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
    int little = log.size() / 35 + 1;
    int much = log.size() / 2;
    for (int i = 0; i < log.size(); i++) {
      Delivery delivery = log.get(i);
      int home = Math.floorMod(delivery.key().hashCode(), 2);
      double delay = random.nextInt(50) == 0 ? random.nextInt(much) : random.nextInt(little);
      arrivals.add(new Arrival(i + delay, home, delivery));
      if (random.nextInt(20) == 0) {
        arrivals.add(new Arrival(i + delay + random.nextInt(much), random.nextInt(2), delivery));
      }
    }
    return arrivals.stream().sorted(Comparator.comparingDouble(Arrival::time)).toList();
  }
}
