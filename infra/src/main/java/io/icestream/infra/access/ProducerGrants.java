/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import io.icestream.infra.environment.ProducerSettings.Api;
import io.icestream.infra.environment.ProducerSettings.ObjectFiles;
import io.icestream.infra.environment.ProducerSettings.Producer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * What a producer may do: write to its topics, keep what it cannot send, and write its log. It
 * reads no topic of a pipeline.
 */
public final class ProducerGrants {
  /** Where progress with objects is kept. */
  public static final String PROGRESS_TOPIC = "icestream.object-progress";

  /** What the transactional ids of objects begin with: {@code ResumableSource} of the producers. */
  private static final String TRANSACTIONS = "icestream-source-";

  /** What the keys of pollers' states begin with, in the bucket of checkpoints. */
  public static final String API_STATES = "api-states";

  private ProducerGrants() {}

  /**
   * The statements of a producer's role, but for those of what calls it.
   *
   * @param deadLetters ARN of the queue of dead letters
   * @param logGroup the group of the function's log
   */
  public static List<Grant> of(
      Producer producer, Places places, String deadLetters, String logGroup) {
    boolean objects = producer instanceof ObjectFiles;
    List<Grant> all = new ArrayList<>();
    all.add(
        Grant.of(
            "ConnectToKafka",
            List.of("kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"),
            List.of(places.kafka("cluster", ""))));
    all.add(
        Grant.of(
            "WriteTopics",
            List.of("kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"),
            Stream.concat(
                    producer.topics().stream(), Stream.of(PROGRESS_TOPIC).filter(t -> objects))
                .distinct()
                .sorted()
                .map(topic -> places.kafka("topic", "/" + topic))
                .toList()));
    if (objects) {
      all.add(
          Grant.of(
              "ReadProgress",
              List.of("kafka-cluster:ReadData"),
              List.of(places.kafka("topic", "/" + PROGRESS_TOPIC))));
      all.add(
          Grant.of(
              "CommitProgressWithRecords",
              List.of(
                  "kafka-cluster:AlterTransactionalId", "kafka-cluster:DescribeTransactionalId"),
              List.of(places.kafka("transactional-id", "/" + TRANSACTIONS + "*"))));
    }
    all.add(Grant.of("KeepDeadLetters", List.of("sqs:SendMessage"), List.of(deadLetters)));
    all.add(
        Grant.of(
            "WriteLog",
            List.of("logs:CreateLogStream", "logs:PutLogEvents"),
            List.of(places.logs("log-group:" + logGroup + ":*"))));
    all.add(
        Grant.of(
            "JoinTheNetwork",
            List.of(
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces"),
            List.of("*")));
    return List.copyOf(all);
  }

  /**
   * What the role of a poller needs besides: its file, its state and its secrets.
   *
   * @param file ARN of the API's file
   */
  public static List<Grant> ofApi(Api api, Places places, String file) {
    String states = places.bucket(places.checkpoints());
    List<Grant> all = new ArrayList<>();
    all.add(Grant.of("ReadTheFile", List.of("s3:GetObject"), List.of(file)));
    all.add(
        Grant.of(
            "KeepTheCursor",
            List.of("s3:GetObject", "s3:PutObject"),
            List.of(states + "/" + API_STATES + "/" + api.name() + "/*")));
    // Without it S3 answers "forbidden" where no state is yet
    all.add(Grant.of("SeeWhetherAStateIsThere", List.of("s3:ListBucket"), List.of(states)));
    if (!api.secrets().isEmpty()) {
      all.add(
          Grant.of(
              "ReadSecrets",
              List.of("secretsmanager:GetSecretValue"),
              api.secrets().stream().sorted().map(places::secret).toList()));
    }
    return List.copyOf(all);
  }

  /**
   * What a role needs to read the schemas of its topics' formats. No registry is asked: the header
   * of each record has the id that the settings say.
   *
   * @param schemas ARNs of objects
   */
  public static List<Grant> ofSchemas(SortedSet<String> schemas) {
    return schemas.isEmpty()
        ? List.of()
        : List.of(Grant.of("ReadSchemas", List.of("s3:GetObject"), List.copyOf(schemas)));
  }

  /**
   * What the role of object ingest needs to read its bucket. What it needs to take events from its
   * queue comes with the connection to it.
   *
   * @param bucket ARN of the bucket
   */
  public static List<Grant> ofObjects(String bucket) {
    return List.of(
        Grant.of(
            "ReadObjects", List.of("s3:GetObject", "s3:GetObjectVersion"), List.of(bucket + "/*")),
        // Without it S3 answers "forbidden" for an object that is gone
        Grant.of("SeeWhetherObjectsAreThere", List.of("s3:ListBucket"), List.of(bucket)));
  }
}
