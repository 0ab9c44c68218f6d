/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.Location;
import io.icestream.model.LookupDefinition;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookupsTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration ALWAYS = Duration.ZERO;

  private final SparkSession spark = LocalSpark.session();
  private final String table = LocalSpark.freshTable();

  @BeforeEach
  void provideTable() {
    spark.sql("CREATE TABLE " + table + " (id STRING) USING iceberg");
    insert("a");
  }

  @Test
  void showsTheTableAndNamesItsSnapshot() {
    try (var lookups = lookups(NEVER)) {
      // when
      var snapshots = lookups.show(spark, Map.of());

      // then
      assertThat(shown()).containsExactly("[a]");
      assertThat(snapshots).containsExactly(Map.entry("devices", newestSnapshot()));
    }
  }

  @Test
  void keepsTheRowsUntilTheRefresh() {
    try (var lookups = lookups(NEVER)) {
      // given
      var first = lookups.show(spark, Map.of());
      insert("b");

      // when
      var second = lookups.show(spark, Map.of());

      // then
      assertThat(second).isEqualTo(first);
      assertThat(shown()).containsExactly("[a]");
    }
  }

  @Test
  void readsTheTableAgainAfterTheRefresh() {
    try (var lookups = lookups(ALWAYS)) {
      // given
      var first = lookups.show(spark, Map.of());
      insert("b");

      // when
      var second = lookups.show(spark, Map.of());

      // then
      assertThat(second).isNotEqualTo(first).containsEntry("devices", newestSnapshot());
      assertThat(shown()).containsExactly("[a]", "[b]");
    }
  }

  @Test
  void goesBackToASnapshotThatABatchWasJoinedWithBefore() {
    // given
    long old = newestSnapshot();
    insert("b");
    try (var lookups = lookups(NEVER)) {
      lookups.show(spark, Map.of());

      // when
      var snapshots = lookups.show(spark, Map.of("devices", old));

      // then
      assertThat(snapshots).containsEntry("devices", old);
      assertThat(shown()).containsExactly("[a]");
    }
  }

  @Test
  void showsATableThatHasNeverBeenWritten() {
    // given
    var empty = LocalSpark.freshTable();
    spark.sql("CREATE TABLE " + empty + " (id STRING) USING iceberg");
    try (var lookups = lookups(empty, NEVER)) {
      // when
      var snapshots = lookups.show(spark, Map.of());

      // then
      assertThat(snapshots).containsEntry("devices", 0L);
      assertThat(shown()).isEmpty();
    }
  }

  @Test
  void showsAnEmptyTableAgainToABatchThatSawItEmpty() {
    // given
    var empty = LocalSpark.freshTable();
    spark.sql("CREATE TABLE " + empty + " (id STRING) USING iceberg");
    spark.sql("INSERT INTO " + empty + " VALUES ('late')");
    try (var lookups = lookups(empty, NEVER)) {
      // when
      lookups.show(spark, Map.of("devices", 0L));

      // then
      assertThat(shown()).isEmpty();
    }
  }

  @Test
  void failsOnATableThatDoesNotExist() {
    try (var lookups = lookups("test.absent", NEVER)) {
      // when
      var failure =
          catchThrowableOfType(PipelineFailure.class, () -> lookups.show(spark, Map.of()));

      // then
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasMessage(
              "Lookup table 'test.absent' does not exist in the catalog. Create it, or correct"
                  + " 'table' under 'lookups' in the pipeline file.");
    }
  }

  private Lookups lookups(Duration refresh) {
    return lookups(table, refresh);
  }

  private static Lookups lookups(String table, Duration refresh) {
    return new Lookups(
        Map.of("devices", new LookupDefinition(Location.START, table, Map.of(), refresh)));
  }

  private List<String> shown() {
    return LocalSpark.sorted(spark.sql("SELECT * FROM devices"));
  }

  private void insert(String id) {
    spark.sql("INSERT INTO " + table + " VALUES ('" + id + "')");
  }

  private long newestSnapshot() {
    return spark
        .sql("SELECT snapshot_id FROM " + table + ".refs WHERE name = 'main'")
        .head()
        .getLong(0);
  }
}
