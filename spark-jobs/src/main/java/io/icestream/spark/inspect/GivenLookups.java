/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.Layout;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.LookupDefinition;
import io.icestream.model.PipelineTest;
import io.icestream.model.Problem;
import io.icestream.spark.decode.DecodedBatch;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.transform.LookupViews;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The rows that a test gives lookups, read as strictly as JSON records are. */
final class GivenLookups {
  private static final FormatDefinition JSON =
      new FormatDefinition.Json("", UnknownFields.REJECT, Layout.SINGLE, Framing.NONE);

  private GivenLookups() {}

  /**
   * Makes a view of each lookup: the rows that the test gives it, or none.
   *
   * @param spark gets the views
   * @param lookups lookups by the name that SQL uses, with their columns
   * @param test the test
   * @param problems takes rows that do not fit the columns
   */
  static void show(
      SparkSession spark,
      Map<String, LookupDefinition> lookups,
      PipelineTest test,
      List<Problem> problems) {
    lookups.forEach(
        (name, lookup) ->
            LookupViews.columns(name, lookup, problems)
                .map(columns -> rows(spark, name, lookup, columns, test, problems))
                .ifPresent(rows -> rows.createOrReplaceTempView(name)));
  }

  private static Dataset<Row> rows(
      SparkSession spark,
      String name,
      LookupDefinition lookup,
      StructType columns,
      PipelineTest test,
      List<Problem> problems) {
    List<byte[]> payloads = GivenPayloads.ofLookup(test, name, problems);
    if (payloads.isEmpty()) {
      return spark.createDataFrame(List.of(), columns);
    }
    SourcePlan source =
        new SourcePlan(
            lookup.location(),
            name,
            new KafkaDefinition(lookup.table(), KafkaDefinition.Start.EARLIEST),
            JSON,
            columns,
            Optional.empty(),
            Optional.empty());
    Dataset<Row> records = GivenRecords.of(spark, lookup.table(), payloads);
    try (DecodedBatch decoded = DecodedBatch.of(records, source, EventTimes.NONE)) {
      decoded
          .rejected()
          .select(DecodedColumns.SOURCE + ".offset", DecodedColumns.DETAIL)
          .collectAsList()
          .forEach(
              rejected ->
                  problems.add(
                      new Problem(
                          test.location(),
                          "Test '"
                              + test.name()
                              + "': record "
                              + (rejected.getLong(0) + 1)
                              + " of '"
                              + name
                              + "' does not fit the lookup's columns: "
                              + rejected.getString(1)
                              + ".")));
      return spark.createDataFrame(
          decoded.accepted().drop(DecodedColumns.SOURCE).collectAsList(), columns);
    }
  }
}
