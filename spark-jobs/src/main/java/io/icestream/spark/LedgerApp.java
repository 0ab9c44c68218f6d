/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import io.icestream.model.PipelineDefinition;
import io.icestream.spark.audit.Bound;
import io.icestream.spark.audit.ChainAudit;
import io.icestream.spark.audit.SinkAudit;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.MarkerLog;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.query.RoutedTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Puts together what tells a pipeline's ledger from its tables alone. */
public final class LedgerApp {
  private final SparkSession spark;
  private final PipelineDefinition definition;

  /**
   * @param spark the session of the environment
   * @param definition what the user wrote
   */
  public LedgerApp(SparkSession spark, PipelineDefinition definition) {
    this.spark = spark;
    this.definition = definition;
  }

  /**
   * Reads and checks the sinks in the order of the file, then the quarantine table.
   *
   * @param from the first commit that is meant; empty for the oldest
   * @param to the last one, included; empty for the newest
   * @throws PipelineFailure if a table is not there
   */
  public List<SinkAudit> audit(Optional<Bound> from, Optional<Bound> to) {
    List<SinkAudit> audits = new ArrayList<>();
    for (var sink : definition.sinks().values()) {
      List<ChainAudit> tables = new ArrayList<>();
      tables.add(audit(sink.table(), Chain.GAPLESS, from, to));
      for (String table : RoutedTables.names(spark, sink)) {
        tables.add(audit(table, Chain.SPARSE, from, to));
      }
      audits.add(new SinkAudit(sink.table(), tables));
    }
    String quarantine = definition.quarantine().table();
    audits.add(new SinkAudit(quarantine, List.of(audit(quarantine, Chain.SPARSE, from, to))));
    return audits;
  }

  private ChainAudit audit(String table, Chain chain, Optional<Bound> from, Optional<Bound> to) {
    return ChainAudit.of(MarkerLog.read(spark, definition.name(), table, table), chain, from, to);
  }
}
