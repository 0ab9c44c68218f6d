/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import io.icestream.model.SinkDefinition;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.Deletions;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.Provenance;
import io.icestream.spark.commit.ReplayCommits;
import io.icestream.spark.kept.KeptRows;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.plan.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rows are changes of the rows with their keys: modes upsert and cdc. */
final class ChangeWrite implements SinkWrite {
  private final SinkDefinition sink;
  private final Changes changes;
  private final ChangeTable layout;

  /**
   * @param sink the sink
   * @param source what the rows come from
   * @param columns the columns of the sink's step
   */
  ChangeWrite(SinkDefinition sink, SourcePlan source, StructType columns) {
    this.sink = sink;
    this.changes = new Changes(sink, source, columns);
    this.layout = new ChangeTable(sink, source, changes.shape());
  }

  @Override
  public SinkDefinition sink() {
    return sink;
  }

  @Override
  public List<TableSpec> tables() {
    return layout.specs();
  }

  @Override
  public List<String> order() {
    List<String> order = new ArrayList<>(sink.key());
    if (layout.hasHistory()) {
      order.addAll(List.of(ChangeTable.VALID_FROM, "kafka_partition", "kafka_offset"));
    }
    return order;
  }

  @Override
  public Optional<Refusal> refusal(StepRows steps) {
    return Optional.of(
        new Refusal(Refusal.Grounds.of(sink), changes.refused(steps.rows(sink.from()))));
  }

  @Override
  public Dataset<Row> reached(StepRows steps) {
    return changes.accepted(steps.rows(sink.from()));
  }

  @Override
  public Dataset<Row> intoEmptyTable(StepRows steps) {
    try (KeptRows<Long> elements = elements(steps);
        ChangePlan plan = ChangePlan.of(layout, elements, true)) {
      return plan.inserted();
    }
  }

  @Override
  public void commit(BatchCommits commits, StepRows steps, long offsets, Provenance provenance) {
    Tally before = steps.tally(sink.from());
    long refused = steps.refusedBy(sink.table());
    Tally tally = before.after(before.passed(), before.passed() - refused, refused);
    try (KeptRows<Long> elements = elements(steps)) {
      commits.whileUndisturbed(
          sink.table(),
          () -> {
            try (ChangePlan plan = ChangePlan.of(layout, elements, false)) {
              plan.deletions().ifPresent(Deletions::remember);
              OutcomeCounts counts = plan.counts();
              Ledger ledger =
                  tally.ledger(offsets, counts.written(), counts.updated(), counts.deduplicated());
              commits.upsert(sink.table(), plan.merge(), provenance.with(ledger));
            }
          });
    }
  }

  @Override
  public long replay(ReplayCommits commits, StepRows steps, Ledger judged) {
    AtomicLong present = new AtomicLong();
    try (KeptRows<Long> elements = elements(steps)) {
      commits.whileUndisturbed(
          sink.table(),
          upserts -> {
            try (ChangePlan plan = ChangePlan.of(layout, elements, false)) {
              plan.deletions().ifPresent(Deletions::remember);
              OutcomeCounts counts = plan.counts();
              present.set(judged.written() - counts.written() - counts.updated());
              Ledger ledger =
                  new Ledger(
                      judged.offsets(),
                      judged.read(),
                      counts.written(),
                      counts.updated(),
                      judged.filtered(),
                      present.get(),
                      judged.quarantined(),
                      0);
              upserts.upsert(plan.merge(), ledger);
            }
          });
    }
    return present.get();
  }

  @Override
  public boolean isPositioned() {
    return true;
  }

  private KeptRows<Long> elements(StepRows steps) {
    return KeptRows.of(changes.elements(steps.rows(sink.from())));
  }
}
