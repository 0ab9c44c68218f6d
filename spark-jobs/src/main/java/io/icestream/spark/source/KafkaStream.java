/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import io.icestream.model.KafkaDefinition;
import io.icestream.spark.plan.Pace;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;

/** Opens the stream of a topic. */
public final class KafkaStream {
  /** What a producer has taken back was never sent. */
  static final String ISOLATION = "read_committed";

  private KafkaStream() {}

  /**
   * The topic's records as a stream with the columns of {@link RawRecord}.
   *
   * @param spark the session
   * @param pipeline whose stream it is: the names of its consumer groups begin with {@code
   *     icestream.PIPELINE.}, so that a broker can let it have its own and no others
   * @param kafka the topic
   * @param client properties of Kafka clients
   * @param pace bounds a batch
   * @param startingOffsets where to start without a checkpoint, in the connector's JSON; empty: as
   *     the pipeline file says
   */
  public static Dataset<Row> open(
      SparkSession spark,
      String pipeline,
      KafkaDefinition kafka,
      Map<String, String> client,
      Pace pace,
      String startingOffsets) {
    DataStreamReader reader = spark.readStream().format("kafka");
    reader.option("kafka.isolation.level", ISOLATION);
    client.forEach((key, value) -> reader.option("kafka." + key, value));
    return reader
        .option("groupIdPrefix", "icestream." + pipeline + ".stream")
        .option("subscribe", kafka.topic())
        .option(
            "startingOffsets",
            startingOffsets.isEmpty()
                ? kafka.start().name().toLowerCase(Locale.ROOT)
                : startingOffsets)
        .option("failOnDataLoss", "true")
        .option("includeHeaders", "true")
        .option("maxOffsetsPerTrigger", Long.toString(pace.maxOffsetsPerBatch()))
        .load();
  }
}
