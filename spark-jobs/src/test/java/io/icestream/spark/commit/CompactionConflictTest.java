/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.spark.commit.SinkTable.Way;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A compaction that replaces a file while a merge is about to change it. */
class CompactionConflictTest {
  private static Runnable whileMerging = () -> {};

  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger compacted = new AtomicInteger();

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"COPY_ON_WRITE", "MERGE_ON_READ"})
  void mergesAgainAfterACompaction(Way way) {
    // given
    var table = tableOf(way);

    // when
    merge(table, 1, () -> replaceFiles(table.load()));

    // then
    assertThat(attempts).hasValue(2);
    assertThat(table.content()).containsExactly("[a,2]", "[b,1]");
    assertThat(table.marker()).map(Marker::to).contains(Markers.at(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"COPY_ON_WRITE", "MERGE_ON_READ"})
  void mergesAgainAfterTheSnapshotThatItReadHasExpired(Way way) {
    // given
    var table = tableOf(way);

    // when
    merge(
        table,
        1,
        () -> {
          replaceFiles(table.load());
          table
              .load()
              .expireSnapshots()
              .expireOlderThan(System.currentTimeMillis())
              .retainLast(1)
              .cleanExpiredFiles(false)
              .commit();
        });

    // then
    assertThat(attempts).hasValue(2);
    assertThat(table.content()).containsExactly("[a,2]", "[b,1]");
    assertThat(table.marker()).map(Marker::to).contains(Markers.at(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"COPY_ON_WRITE", "MERGE_ON_READ"})
  void givesUpWhenCompactionIsAlwaysFaster(Way way) {
    // given
    var table = tableOf(way);

    // when
    var failure =
        catchThrowableOfType(
            PipelineFailure.class, () -> merge(table, 100, () -> replaceFiles(table.load())));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("has met changes of the same files 5 times");
    assertThat(attempts).hasValue(5);
    assertThat(table.content()).containsExactly("[a,1]", "[b,1]");
    assertThat(table.begin(1, 2).isDue(table.name())).isTrue();
  }

  private static SinkTable tableOf(Way way) {
    var table = SinkTable.create(way);
    table.commit(table.begin(0, 1), way, "a", "b");
    return table;
  }

  /** Merges {@code a} into a table that something happens to during the first attempts. */
  private void merge(SinkTable table, int compactions, Runnable compaction) {
    var commits = table.begin(1, 2);
    whileMerging =
        () -> {
          int attempt = attempts.get();
          if (attempt <= compactions && compacted.getAndSet(attempt) < attempt) {
            compaction.run();
          }
        };
    UDF1<Integer, Integer> disturbed =
        n -> {
          whileMerging.run();
          return n + 1;
        };
    table.spark().udf().register("disturbed", disturbed, DataTypes.IntegerType);
    commits.whileUndisturbed(
        table.name(),
        () -> {
          attempts.incrementAndGet();
          var rows = SinkTable.rows("a").withColumn("n", callUDF("disturbed", col("n")));
          commits.upsert(
              table.name(),
              Optional.of(new KeyedMerge(rows, List.of("id"), List.of())),
              SinkTable.provenance(1));
        });
  }

  private static void replaceFiles(Table table) {
    try (var tasks = table.newScan().planFiles()) {
      for (var task : tasks) {
        DataFile old = task.file();
        String copy = old.location() + ".compacted.parquet";
        Files.copy(path(old.location()), path(copy));
        DataFile replacement = DataFiles.builder(table.spec()).copy(old).withPath(copy).build();
        table.newRewrite().rewriteFiles(Set.of(old), Set.of(replacement)).commit();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(String location) {
    return Path.of(URI.create("file:///").resolve(location).getPath());
  }
}
