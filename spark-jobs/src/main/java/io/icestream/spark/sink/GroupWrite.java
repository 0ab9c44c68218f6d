/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import io.icestream.model.SinkDefinition;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Provenance;
import io.icestream.spark.commit.ReplayCommits;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.transform.WindowAggregate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Groups of a window step are merged with those that the table has.
 *
 * @param sink the sink
 * @param columns the columns of the sink's step
 */
record GroupWrite(SinkDefinition sink, StructType columns) implements SinkWrite {

  @Override
  public List<TableSpec> tables() {
    return List.of(new TableSpec(sink.table(), columns, sink.partitionBy(), Map.of(), true));
  }

  @Override
  public List<String> order() {
    return sink.key();
  }

  @Override
  public Optional<Refusal> refusal(StepRows steps) {
    return Optional.empty();
  }

  @Override
  public Dataset<Row> reached(StepRows steps) {
    return steps.grouped(sink.from());
  }

  @Override
  public Dataset<Row> intoEmptyTable(StepRows steps) {
    return steps.window(sink.from()).rows().drop(WindowAggregate.STATE);
  }

  @Override
  public void commit(BatchCommits commits, StepRows steps, long offsets, Provenance provenance) {
    Tally tally = steps.tally(sink.from());
    commits.whileUndisturbed(
        sink.table(),
        () -> {
          try (WindowUpdate update = WindowUpdate.of(steps.window(sink.from()), sink)) {
            long merged = update.rowsMerged();
            commits.upsert(
                sink.table(),
                update.merge(),
                provenance.with(tally.after(merged, merged, 0).ledger(offsets, 0, merged)));
          }
        });
  }

  @Override
  public long replay(ReplayCommits commits, StepRows steps, Ledger judged) {
    commits.whileUndisturbed(
        sink.table(),
        upserts -> {
          try (WindowUpdate update = WindowUpdate.of(steps.window(sink.from()), sink)) {
            upserts.upsert(update.merge(), judged.withUpdated(update.rowsMerged()));
          }
        });
    return 0;
  }

  @Override
  public boolean isPositioned() {
    return false;
  }
}
