/* SPDX-License-Identifier: MIT */
package io.icestream.spark.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.IcebergTables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableUpkeepTest {
  private final SparkSession spark = LocalSpark.session();
  private final String name = LocalSpark.freshTable();
  private Table table;
  private DataFile first;

  @BeforeEach
  void createTable() {
    spark.sql(
        "CREATE TABLE "
            + name
            + " (id INT) USING iceberg TBLPROPERTIES ("
            + "'history.expire.max-snapshots-to-keep'='10', 'icestream.p.marker'='kept')");
    spark.sql("INSERT INTO " + name + " VALUES (1)");
    table = IcebergTables.load(spark, name);
    first = table.currentSnapshot().addedDataFiles(table.io()).iterator().next();
  }

  @Test
  void boundsTheHistoryAndKeepsTheRows() {
    // given
    append(40);

    // when
    new TableUpkeep(table).run(Instant.now());

    // then
    table.refresh();
    assertThat(table.snapshots()).hasSize(10);
    assertThat(spark.table(name).count()).isEqualTo(41);
    assertThat(table.properties()).containsEntry("icestream.p.marker", "kept");
    assertThat(files("metadata", "snap-")).as("lists of manifests").isEqualTo(10);
  }

  @Test
  void leavesAHistoryThatIsShortEnough() {
    // given
    append(29);

    // when
    new TableUpkeep(table).run(Instant.now());

    // then
    table.refresh();
    assertThat(table.snapshots()).hasSize(30);
  }

  @Test
  void mergesManifestsWhenTheyAreMany() {
    // given
    spark.sql(
        "ALTER TABLE " + name + " UNSET TBLPROPERTIES ('history.expire.max-snapshots-to-keep')");
    table.refresh();
    append(TableUpkeep.MANY_SMALL_MANIFESTS);

    // when
    new TableUpkeep(table).run(Instant.now());

    // then
    table.refresh();
    List<ManifestFile> manifests = table.currentSnapshot().allManifests(table.io());
    assertThat(manifests).hasSize(1);
    assertThat(spark.table(name).count()).isEqualTo(TableUpkeep.MANY_SMALL_MANIFESTS + 1);
  }

  @Test
  void leavesTheFilesOfATableWhoseOwnerForbidsToDelete() {
    // given
    spark.sql("ALTER TABLE " + name + " SET TBLPROPERTIES ('gc.enabled'='false')");
    table.refresh();
    append(40);

    // when
    new TableUpkeep(table).run(Instant.now());

    // then
    table.refresh();
    assertThat(table.snapshots()).hasSize(41);
  }

  @Test
  void isDoneNowAndThenWhileAPipelineRuns() {
    // given
    append(40);
    try (Upkeep upkeep = new Upkeep(List.of("test.missing", name))) {
      // when: a batch whose number is not round, and one whose number is
      upkeep.committed(spark, Upkeep.BATCHES + 1);
      upkeep.committed(spark, 2 * Upkeep.BATCHES);

      // then: in spite of a table that is not there
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                table.refresh();
                assertThat(table.snapshots()).hasSize(10);
              });
    }
  }

  /** Commits of a file each, of one row. */
  private void append(int commits) {
    for (int i = 0; i < commits; i++) {
      try {
        Path from = Path.of(URI.create(first.location()).getPath());
        Path to = Files.copy(from, from.resolveSibling("copy-" + i + ".parquet"));
        table
            .newFastAppend()
            .appendFile(
                DataFiles.builder(table.spec()).copy(first).withPath(to.toUri().toString()).build())
            .commit();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private long files(String folder, String prefix) {
    Path path = Path.of(URI.create(table.location()).getPath(), folder);
    try (var files = Files.list(path)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
