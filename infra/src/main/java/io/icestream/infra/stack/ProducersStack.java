/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.Places;
import io.icestream.infra.access.ProducerGrants;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.ProducerSettings.Api;
import io.icestream.infra.environment.ProducerSettings.Http;
import io.icestream.infra.environment.ProducerSettings.ObjectFiles;
import io.icestream.infra.environment.ProducerSettings.Producer;
import io.icestream.infra.environment.ProducerSettings.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The functions that put records into Kafka, with what calls them. */
public final class ProducersStack extends DeploymentStack {
  /** As often as a large object may go on, and a message may come again. */
  private static final int TRIES = 20;

  private final NetworkStack network;
  private final Places places;
  private final Asset zip;
  private final String bootstrapServers;
  private final Queue deadLetters;

  /**
   * @param scope the app
   * @param settings the deployment; it has producers
   * @param network where functions run
   * @param lake where objects arrive
   * @param stream where functions write
   */
  public ProducersStack(
      Construct scope,
      AwsEnvironment settings,
      NetworkStack network,
      LakeStack lake,
      StreamStack stream) {
    super(scope, settings, "producers", "Icestream: what puts records into Kafka");
    this.network = network;
    places =
        new Places(
            getPartition(),
            getRegion(),
            getAccount(),
            stream.clusterPath(),
            lake.tables().getBucketName(),
            lake.checkpoints().getBucketName(),
            Optional.empty(),
            "");
    bootstrapServers = stream.bootstrapServers();
    zip =
        Asset.Builder.create(this, "Zip")
            .path(settings.producers().zip().orElseThrow().toString())
            .build();
    deadLetters = queue("DeadLetters", "dead-letters").build();
    Accepted.endOfTheLine(deadLetters);
    for (Producer producer : settings.producers().all()) {
      if (producer instanceof Http http) {
        declare(http);
      } else if (producer instanceof ObjectFiles files) {
        declare(files, lake.landing().orElseThrow());
      } else if (producer instanceof Api api) {
        declare(api, lake.checkpoints());
      } else if (producer instanceof Simulation simulation) {
        declare(simulation);
      } else {
        throw new IllegalStateException("No function for " + producer);
      }
    }
  }

  private void declare(Http http) {
    ProducerFunction function =
        function(
            new FunctionShape("http", Duration.seconds(30)),
            http,
            Map.of(
                "ICESTREAM_TOPICS",
                String.join(",", http.topics()),
                "ICESTREAM_KEY",
                http.key().orElse("")));
    FunctionUrl url =
        function
            .live()
            .addFunctionUrl(
                FunctionUrlOptions.builder().authType(FunctionUrlAuthType.AWS_IAM).build());
    CfnOutput.Builder.create(this, "Url-" + http.name())
        .description("Where producer " + http.name() + " takes records, signed by IAM")
        .value(url.getUrl())
        .build();
  }

  private void declare(ObjectFiles files, Bucket landing) {
    ProducerFunction function =
        function(
            new FunctionShape("object", Duration.minutes(15)),
            files,
            Map.of(
                "ICESTREAM_OBJECT_ROUTES",
                String.join(",", files.routes()),
                "ICESTREAM_PROGRESS_TOPIC",
                ProducerGrants.PROGRESS_TOPIC));
    Queue events =
        queue("Events-" + files.name(), "object-events")
            // A message that is still worked on must not come again
            .visibilityTimeout(Duration.minutes(16))
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(TRIES).build())
            .build();
    Rule.Builder.create(this, "Objects-" + files.name())
        .description("An object has arrived for producer " + files.name())
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.s3"))
                .detailType(List.of("Object Created"))
                .detail(Map.of("bucket", Map.of("name", List.of(landing.getBucketName()))))
                .build())
        .targets(List.of(SqsQueue.Builder.create(events).build()))
        .build();
    function.allow(ProducerGrants.ofObjects(landing.getBucketArn()));
    function
        .live()
        .addEventSource(
            SqsEventSource.Builder.create(events)
                .batchSize(1)
                .maxConcurrency(files.concurrency())
                .reportBatchItemFailures(true)
                .build());
  }

  private void declare(Api api, Bucket states) {
    Asset file =
        Asset.Builder.create(this, "File-" + api.name()).path(api.file().toString()).build();
    SecurityGroup group =
        SecurityGroup.Builder.create(this, "Way-" + api.name())
            .vpc(network.vpc())
            .description("The way of producer " + api.name() + " to its API")
            .allowAllOutbound(false)
            .build();
    api.addresses()
        .forEach(to -> group.addEgressRule(Peer.ipv4(to), Port.tcp(443), "The API by HTTPS"));
    ProducerFunction function =
        function(
            new FunctionShape("api", Duration.minutes(15), List.of(group)),
            api,
            Map.of(
                "ICESTREAM_API_FILE",
                file.getS3ObjectUrl(),
                "ICESTREAM_API_STATES",
                "s3://"
                    + states.getBucketName()
                    + "/"
                    + ProducerGrants.API_STATES
                    + "/"
                    + api.name()));
    function.allow(
        ProducerGrants.ofApi(api, places, file.getBucket().arnForObjects(file.getS3ObjectKey())));
    Rule.Builder.create(this, "Poll-" + api.name())
        .description("Calls producer " + api.name() + " to poll its API")
        .schedule(Schedule.rate(Duration.minutes(api.minutes())))
        .targets(List.of(call(function)))
        .build();
  }

  private void declare(Simulation simulation) {
    ProducerFunction function =
        function(
            new FunctionShape("simulation", Duration.minutes(2)),
            simulation,
            Map.of(
                "ICESTREAM_SIMULATOR",
                simulation.simulator(),
                "ICESTREAM_TOPIC",
                simulation.topic(),
                "ICESTREAM_COUNT",
                Integer.toString(simulation.count())));
    Rule.Builder.create(this, "Minute-" + simulation.name())
        .description("Calls producer " + simulation.name() + " once a minute")
        .schedule(Schedule.rate(Duration.minutes(1)))
        .targets(List.of(call(function)))
        .build();
  }

  private static LambdaFunction call(ProducerFunction function) {
    return LambdaFunction.Builder.create(function.live())
        .retryAttempts(2)
        .maxEventAge(Duration.minutes(5))
        .build();
  }

  private ProducerFunction function(
      FunctionShape shape, Producer producer, Map<String, String> variables) {
    ProducerFormats formats = new ProducerFormats(this, producer, places);
    Map<String, String> all = new TreeMap<>(variables);
    all.put("ICESTREAM_FORMATS", formats.variable());
    all.put("ICESTREAM_METRICS", producer.metrics() ? "emf" : "");
    ProducerFunction function =
        new ProducerFunction(this, producer, shape, network, zip, variables(all));
    function.keepDeadLetters(deadLetters);
    function.allow(formats.grants());
    function.allow(
        ProducerGrants.of(
            producer, places, deadLetters.getQueueArn(), function.logGroup().getLogGroupName()));
    return function;
  }

  private Map<String, String> variables(Map<String, String> own) {
    Map<String, String> variables = new TreeMap<>(own);
    variables.values().removeIf(String::isEmpty);
    variables.put("ICESTREAM_BOOTSTRAP_SERVERS", bootstrapServers);
    variables.put("ICESTREAM_DEAD_LETTER_QUEUE_URL", deadLetters.getQueueUrl());
    return variables;
  }

  private Queue.Builder queue(String id, String name) {
    return Queue.Builder.create(this, id)
        .queueName(named(name))
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .retentionPeriod(Duration.days(14))
        .removalPolicy(dataRemoval());
  }
}
