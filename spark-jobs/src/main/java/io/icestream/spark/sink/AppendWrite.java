/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Rows;
import io.icestream.spark.commit.AppendRows;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Provenance;
import io.icestream.spark.commit.ReplayCommits;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.plan.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Every row is added, with its Kafka position.
 *
 * @param sink the sink
 * @param source what the rows come from
 * @param columns the columns of the sink's step
 */
record AppendWrite(SinkDefinition sink, SourcePlan source, StructType columns)
    implements SinkWrite {

  @Override
  public List<TableSpec> tables() {
    StructType stored = AppendRows.columns(columns, source);
    return List.of(new TableSpec(sink.table(), stored, sink.partitionBy(), Map.of()));
  }

  @Override
  public List<String> order() {
    return List.of("kafka_partition", "kafka_offset");
  }

  @Override
  public Optional<Refusal> refusal(StepRows steps) {
    return Optional.empty();
  }

  @Override
  public Dataset<Row> reached(StepRows steps) {
    return isOfLate() ? steps.late() : steps.rows(sink.from());
  }

  @Override
  public boolean isDirect() {
    return !isOfLate() && sink.from().equals(source.name());
  }

  private boolean isOfLate() {
    return sink.rows() == Rows.LATE;
  }

  @Override
  public Dataset<Row> intoEmptyTable(StepRows steps) {
    return AppendRows.of(reached(steps), source);
  }

  @Override
  public void commit(BatchCommits commits, StepRows steps, long offsets, Provenance provenance) {
    Tally tally = isOfLate() ? steps.lateTally() : steps.tally(sink.from());
    commits.append(
        sink.table(),
        intoEmptyTable(steps),
        tally.passed(),
        provenance.with(tally.ledger(offsets, tally.passed(), 0)));
  }

  @Override
  public long replay(ReplayCommits commits, StepRows steps, Ledger judged) {
    return commits.append(sink.table(), intoEmptyTable(steps), judged);
  }

  @Override
  public boolean isPositioned() {
    return true;
  }
}
