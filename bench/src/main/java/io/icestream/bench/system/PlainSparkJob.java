/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import static org.apache.spark.sql.avro.functions.from_avro;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;

/** Drains a topic with what Spark and Iceberg bring, and no more. */
final class PlainSparkJob {
  private PlainSparkJob() {}

  public static void main(String[] arguments) throws TimeoutException, StreamingQueryException {
    JobFile job = JobFile.read(Path.of(arguments[0]));
    boolean tuned = job.is("tuned");
    SparkSession spark = session(job, tuned);
    DataStreamReader reader =
        spark
            .readStream()
            .format("kafka")
            .option("kafka.bootstrap.servers", job.get("bootstrap.servers"))
            .option("subscribe", job.get("topic"))
            .option("startingOffsets", "earliest")
            .option("maxOffsetsPerTrigger", job.get("commit.rows"));
    if (tuned) {
      reader.option("kafka.max.poll.records", "10000");
    }
    DataStreamWriter<?> writer =
        reader
            .load()
            .select(event(job).as("event"))
            .select("event.*")
            .writeStream()
            .option("checkpointLocation", job.get("folder") + "/checkpoint")
            .trigger(Trigger.AvailableNow());
    if (tuned) {
      writer.option("fanout-enabled", "true");
    }
    writer.toTable("lake.bench.events").awaitTermination();
    spark.stop();
  }

  private static Column event(JobFile job) {
    return job.is("avro")
        ? from_avro(col("value"), job.get("columns.avro"))
        : from_json(col("value").cast("string"), StructType.fromDDL(job.get("columns.spark")));
  }

  private static SparkSession session(JobFile job, boolean tuned) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("bench")
            .master("local[*]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.warehouse.dir", job.get("folder") + "/spark-warehouse")
            .config(
                "spark.sql.extensions",
                "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
            .config("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")
            .config("spark.sql.catalog.lake.type", "jdbc");
    job.catalog().forEach((key, value) -> builder.config("spark.sql.catalog.lake." + key, value));
    if (tuned) {
      builder.config("spark.sql.shuffle.partitions", Runtime.getRuntime().availableProcessors());
    }
    return builder.getOrCreate();
  }
}
