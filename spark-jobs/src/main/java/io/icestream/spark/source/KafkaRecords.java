/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockManagerId;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The records of a batch, read where they are decoded. Spark's own source asks Kafka twice per poll
 * where the partition ends, and makes a row of seven columns of each record only to be taken apart
 * again; it still decides what a batch is.
 */
public final class KafkaRecords {
  private final KafkaTopic topic;
  private final Map<String, String> client;

  /**
   * @param topic the topic
   * @param client properties of Kafka clients
   */
  public KafkaRecords(KafkaTopic topic, Map<String, String> client) {
    this.topic = topic;
    this.client = Map.copyOf(client);
  }

  /**
   * The records of a range. Reading them fails if Kafka does not have all of it.
   *
   * @param spark the session
   * @param from the first offset by partition; 0 for a partition that is not named
   * @param to the end by partition, not included
   */
  public RawRecords read(SparkSession spark, Map<Integer, Long> from, Map<Integer, Long> to) {
    SparkContext context = spark.sparkContext();
    List<String> executors = executors();
    List<Tuple2<List<TopicSlice>, Seq<String>>> tasks = new ArrayList<>();
    for (List<TopicSlice> share : Shares.of(from, to, context.defaultParallelism())) {
      tasks.add(new Tuple2<>(share, scalaSeq(places(share, executors))));
    }
    ClassTag<List<TopicSlice>> tag = ClassTag$.MODULE$.apply(List.class);
    return new RawRecords(
        spark,
        context
            .makeRDD(scalaSeq(tasks), tag)
            .toJavaRDD()
            .mapPartitions(new TopicRead(topic, client)));
  }

  /** A partition goes where it was read before, since a reader waits for it there. */
  private static List<String> places(List<TopicSlice> share, List<String> executors) {
    return executors.isEmpty()
        ? List.of()
        : List.of(executors.get(share.get(0).partition() % executors.size()));
  }

  /** As Spark names executors where a task would rather run; none if there is but the driver. */
  private static List<String> executors() {
    var blocks = SparkEnv.get().blockManager();
    List<String> names = new ArrayList<>();
    for (BlockManagerId id :
        JavaConverters.seqAsJavaList(blocks.master().getPeers(blocks.blockManagerId()))) {
      names.add("executor_" + id.host() + "_" + id.executorId());
    }
    names.sort(null);
    return names;
  }

  private static <T> Seq<T> scalaSeq(List<T> list) {
    return JavaConverters.asScalaBuffer(list).toSeq();
  }
}
