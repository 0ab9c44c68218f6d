/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.plan.PresentState;
import io.icestream.spark.plan.PresentState.Position;
import io.icestream.spark.plan.PresentState.Table;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.plan.TableUse;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.table.PresentTables;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Reads what is there of a pipeline: its tables, how far they are, and its checkpoint. */
public final class PresentPipeline {
  private PresentPipeline() {}

  /**
   * Looks, and changes nothing.
   *
   * @param spark the environment's session
   * @param plan the pipeline
   * @param wanted its tables
   * @param topic its topic
   */
  public static PresentState read(
      SparkSession spark, QueryPlan plan, List<TableSpec> wanted, KafkaTopic topic) {
    PresentTables catalog = new PresentTables(spark);
    Map<String, Table> tables = new TreeMap<>();
    Map<String, Position> positions = new TreeMap<>();
    Map<String, TableUse> uses = new TreeMap<>();
    for (TableSpec spec : wanted) {
      catalog.read(spec.table()).ifPresent(table -> tables.put(spec.table(), table));
      if (tables.containsKey(spec.table())) {
        String use =
            tables
                .get(spec.table())
                .properties()
                .get(TableUse.property(plan.pipeline(), spec.table()));
        if (use != null) {
          uses.put(spec.table(), TableUse.read(use));
        }
        BatchCommits.newestMarker(spark, plan.pipeline(), spec.table())
            .map(marker -> marker.to())
            .ifPresent(
                to -> positions.put(spec.table(), new Position(to.topicId(), to.partitions())));
      }
    }
    OffsetLog log = new OffsetLog(plan.checkpoint(), spark.sessionState().newHadoopConf(), topic);
    return new PresentState(tables, positions, uses, log.isEmpty() ? Set.of() : log.topics());
  }
}
