/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.infra.environment.JobSettings.Architecture;
import io.icestream.infra.environment.KafkaSettings.Kind;
import io.icestream.infra.environment.ProducerSettings.Http;
import io.icestream.infra.environment.ProducerSettings.ObjectFiles;
import io.icestream.infra.environment.ProducerSettings.Producer;
import io.icestream.infra.environment.ProducerSettings.Simulation;
import io.icestream.infra.environment.TopicFormat.LocalSchema;
import io.icestream.infra.environment.TopicFormat.StoredSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsEnvironmentTest {
  private static final Map<String, Object> LEAST =
      Map.of("region", "eu-central-1", "jobJar", "none", "pipelines", List.of("a.yaml"));

  @TempDir Path root;

  @Test
  void hasADefaultForEverythingButThePlaceThePipelinesAndTheJar() {
    // when
    AwsEnvironment environment = read(Map.of());

    // then
    assertThat(environment.place().named("lake")).isEqualTo("icestream-dev-lake");
    assertThat(environment.place().account()).isEmpty();
    assertThat(environment.removal()).isEqualTo(Removal.RETAIN);
    assertThat(environment.network())
        .isEqualTo(
            new NetworkSettings.Own("10.42.0.0/16", List.of("eu-central-1a", "eu-central-1b")));
    assertThat(environment.kafka())
        .isEqualTo(new KafkaSettings(Kind.SERVERLESS, "express.m7g.large", 2, 4, 168));
    assertThat(environment.lake().catalog()).isEqualTo(CatalogKind.GLUE);
    assertThat(environment.jobs().architecture()).isEqualTo(Architecture.ARM64);
    assertThat(environment.jobs().maxVcpus()).isEqualTo(16);
    assertThat(environment.alarmAddress()).isEmpty();
    assertThat(environment.pipelines()).containsExactly(root.resolve("a.yaml"));
  }

  @Test
  void takesNumbersAndListsAsFileAndCommandLineGiveThem() {
    // when
    AwsEnvironment ofFile =
        read(Map.of("maxVcpus", 32.0, "pipelines", List.of("a.yaml", "b.yaml")));
    AwsEnvironment ofOption = read(Map.of("maxVcpus", "32", "pipelines", "a.yaml, b.yaml"));

    // then
    assertThat(ofOption).isEqualTo(ofFile);
    assertThat(ofFile.jobs().maxVcpus()).isEqualTo(32);
    assertThat(ofFile.pipelines()).hasSize(2);
  }

  @Test
  void letsTheCommandLineWinOverTheFile() {
    // given
    Map<String, Object> context = context(Map.of("retentionHours", 24));
    context.put("retentionHours", "48");

    // when
    AwsEnvironment environment = AwsEnvironment.of(context, root);

    // then
    assertThat(environment.kafka().retentionHours()).isEqualTo(48);
  }

  @Test
  void givesExpressBrokersThreeZones() {
    // when
    AwsEnvironment environment = read(Map.of("kafka", "express"));

    // then
    assertThat(environment.network().zones()).hasSize(3);
    assertThat(environment.kafka().brokers()).isEqualTo(3);
  }

  @Test
  void takesAnExistingNetwork() {
    // when
    AwsEnvironment environment =
        read(
            Map.of(
                "vpcId", "vpc-0123456789abcdef0",
                "vpcCidr", "10.1.0.0/16",
                "availabilityZones", "eu-central-1b,eu-central-1c",
                "vpcSubnetIds", "subnet-0123456789abcdef0,subnet-0123456789abcdef1"));

    // then
    assertThat(environment.network())
        .isEqualTo(
            new NetworkSettings.Existing(
                "vpc-0123456789abcdef0",
                "10.1.0.0/16",
                List.of("eu-central-1b", "eu-central-1c"),
                List.of("subnet-0123456789abcdef0", "subnet-0123456789abcdef1")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          region         | Frankfurt      | 'region' is 'Frankfurt'. Set it to a region that has
          kafka          | expres         | 'kafka' is 'expres'. Did you mean 'express'?
          catalog        | hive           | 'catalog' is 'hive'. Allowed: glue, s3tables.
          removal        | RETAIN         | 'removal' is 'RETAIN'. Did you mean 'retain'?
          maxVcpus       | many           | 'maxVcpus' is 'many'. Set it to a whole number from 4
          maxVcpus       | 4.5            | 'maxVcpus' is '4.5'. Set it to a whole number from 4
          maxVcpus       | 5              | 'maxVcpus' is '5', but 1 pipelines with up to 2 executors
          account        | 42             | 'account' is '42'. Set it to the 12 digits
          vpcId          | vpc-1          | 'vpcId' is 'vpc-1'. Set it to 'new' or the id of a VPC
          vpcCidr        | 10.0.0.0/8     | 'vpcCidr' is '10.0.0.0/8'. Set it to the addresses
          vpcSubnetIds   | subnet-01234567| 'vpcSubnetIds' is there, but 'vpcId' is 'new'.
          availabilityZones | eu-west-1a,eu-central-1b | 'availabilityZones' has 'eu-west-1a', which
          availabilityZones | eu-central-1b  | 'availabilityZones' has 1 elements.
          expressInstance| m7g.large      | 'expressInstance' is 'm7g.large'. Set it to a size
          expressBrokers | 5              | 'expressBrokers' is '5'. Set it to a multiple of 2.
          alarmAddress   | nobody         | 'alarmAddress' is 'nobody'. Set it to a mail address
          jobJar         | target/job.jar | 'jobJar' is 'target/job.jar', which does not exist. Build
          logRetentionDays | 8            | 'logRetentionDays' is '8'. CloudWatch keeps logs for one of
          retentionHour  | 3              | 'retentionHour' is unknown. Did you mean 'retentionHours'?
          """)
  void namesKeyValueAndRemedy(String key, String value, String message) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(ContextException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(() -> read(Map.of("maxVcpus", "x", "kafka", "x", "catalog", "x")))
        .isInstanceOfSatisfying(ContextException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void needsAStageThatTheFileHas() {
    // given
    Map<String, Object> context = context(Map.of());
    context.put("stage", "deb");

    // then
    assertThatThrownBy(() -> AwsEnvironment.of(context, root))
        .hasMessageContaining("'stage' is 'deb', for which 'stages' of cdk.json has no block")
        .hasMessageContaining("Did you mean 'dev'?");
    assertThatThrownBy(() -> AwsEnvironment.of(Map.of(), root))
        .hasMessageContaining("'stage' is missing")
        .hasMessageContaining("'pipelines' is missing");
  }

  @Test
  void takesAJarThatIsThere() throws Exception {
    // given
    Files.writeString(root.resolve("job.jar"), "");
    Files.writeString(root.resolve("controller.zip"), "");

    // when
    AwsEnvironment environment =
        read(
            Map.of(
                "jobJar", "job.jar", "controllerZip", "controller.zip", "functionsZip", "job.jar"));

    // then
    assertThat(environment.jobs().jar()).contains(root.resolve("job.jar"));
    assertThat(environment.jobs().controllerZip()).contains(root.resolve("controller.zip"));
  }

  @Test
  void needsNoControllerWithoutAJar() {
    assertThat(read(Map.of("jobJar", "none")).jobs().controllerZip()).isEmpty();
  }

  @Test
  void refusesAMisspeltKeyOfTheCommandLineAndNoneOfTheCdk() {
    // given
    Map<String, Object> context = context(Map.of());
    context.put("@aws-cdk/core:stackRelativeExports", true);
    context.put("aws:cdk:version-reporting", false);
    context.put("cdk-migrate", false);
    context.put("maxVcpu", "32");

    // then
    assertThatThrownBy(() -> AwsEnvironment.of(context, root))
        .isInstanceOfSatisfying(
            ContextException.class,
            refused ->
                assertThat(withoutLists(refused))
                    .containsExactly("'maxVcpu' is unknown. Did you mean 'maxVcpus'?"));
  }

  @Test
  void readsWhatPutsRecordsIntoKafka() throws IOException {
    // given
    Files.writeString(root.resolve("functions.zip"), "");
    Map<String, Object> http =
        Map.of("name", "ingest", "type", "http", "topics", List.of("a", "b"), "key", "/id");
    Map<String, Object> object =
        Map.of("name", "files", "type", "object", "routes", List.of("logs/=a", "csv/=b:1"));
    Map<String, Object> simulation =
        Map.of("name", "sim", "type", "simulation", "simulator", "iot", "topic", "a", "count", 50);

    // when
    AwsEnvironment environment =
        read(
            Map.of(
                "functionsZip", "functions.zip", "producers", List.of(http, object, simulation)));

    // then
    assertThat(environment.producers().all())
        .containsExactly(
            new Http("ingest", 10, List.of("a", "b"), Optional.of("/id"), new TreeMap<>(), false),
            new ObjectFiles("files", 10, List.of("logs/=a", "csv/=b:1"), new TreeMap<>(), false),
            new Simulation("sim", "iot", "a", 50, false));
    assertThat(environment.producers().all().get(1).topics()).containsExactly("a", "b");
  }

  @Test
  void saysWhatIsWrongWithAProducer() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "producers",
                        List.of(
                            Map.of("name", "a", "type", "htpp"),
                            Map.of("name", "b", "type", "http"),
                            Map.of("name", "b", "type", "object", "rutes", List.of()),
                            Map.of("name", "C!", "type", "simulation", "simulator", "x")))))
        .isInstanceOfSatisfying(
            ContextException.class,
            refused ->
                assertThat(withoutLists(refused))
                    .containsExactly(
                        "'producers' has an element with the unknown key 'rutes'. Did you mean"
                            + " 'routes'?",
                        "'functionsZip' is 'producers/target/icestream-functions.zip', which does"
                            + " not exist. Build it with './mvnw -pl producers -am -DskipTests"
                            + " package'.",
                        "'producers' has type 'htpp' in 'a'. Did you mean 'http'?",
                        "'producers' has no 'topics' in 'b'. List the topics that take records.",
                        "'producers' has name 'b' twice. Give each its own.",
                        "'producers' has no 'routes' in 'b'. List them as PREFIX=TOPIC.",
                        "'producers' has name 'C!'. Take at most 20 small letters, digits and"
                            + " dashes.",
                        "'producers' has simulator 'x' in 'C!'.",
                        "'producers' has no 'topic' in 'C!'. Name the topic that takes the"
                            + " events."));
  }

  @Test
  void readsFormatsAndMetricsOfProducers() throws IOException {
    // given
    Files.writeString(root.resolve("functions.zip"), "");
    Files.writeString(root.resolve("a.avsc"), "{}");

    // when
    List<Producer> producers =
        producers(
            Map.of(
                "name",
                "ingest",
                "type",
                "http",
                "topics",
                List.of("a", "b", "c"),
                "metrics",
                "emf",
                "formats",
                Map.of(
                    "a",
                    Map.of(
                        // As the CDK gives numbers of cdk.json
                        "format",
                        "avro",
                        "schema",
                        "a.avsc",
                        "framing",
                        "confluent",
                        "schema_id",
                        42.0),
                    "b",
                    Map.of("format", "protobuf", "schema", "s3://acme/b.desc", "message", "B"),
                    "c",
                    Map.of("format", "json"))));

    // then
    assertThat(producers.get(0).metrics()).isTrue();
    assertThat(producers.get(0).formats())
        .containsExactly(
            Map.entry(
                "a",
                new TopicFormat(
                    "avro",
                    Optional.of(new LocalSchema(root.resolve("a.avsc"))),
                    Optional.empty(),
                    "confluent",
                    Optional.of("42"))),
            Map.entry(
                "b",
                new TopicFormat(
                    "protobuf",
                    Optional.of(new StoredSchema("acme", "b.desc")),
                    Optional.of("B"),
                    "none",
                    Optional.empty())),
            Map.entry("c", TopicFormat.JSON));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          frmat=avro | the unknown key 'frmat' for topic 'a' in 'in'. Did you mean 'format'?
          format=avr | format 'avr' for topic 'a' in 'in'. Did you mean 'avro'?
          format=avro | no 'schema' for topic 'a' in 'in'. Set it to a file, or to s3://BUCKET/KEY.
          format=avro,schema=none.avsc | 'producers' is 'none.avsc', which does not exist. Set 'schema'
          format=avro,schema=s3://acme | schema 's3://acme' for topic 'a' in 'in'. Set it to s3://
          format=avro,schema=s3://acme/* | schema 's3://acme/*' for topic 'a' in 'in'. Set it to s3://
          format=avro,schema=s3://acme/a,message=A | a 'message' for topic 'a' in 'in'. Remove it
          format=json,schema=s3://acme/a | [schema] beside format json for topic 'a' in 'in'. Remove
          format=avro,schema=s3://acme/a,framing=glu | framing 'glu' for topic 'a' in 'in'. Did you
          format=avro,schema=s3://acme/a,schema_id=1 | schema_id '1' without a 'framing' for topic
          format=avro,schema=s3://acme/a,framing=confluent | schema_id '' for topic 'a' in 'in'. Set
          format=avro,schema=s3://acme/a,framing=confluent,schema_id=x | schema_id 'x' for topic 'a'
          format=avro,schema=s3://acme/a,framing=glue,schema_id=7 | schema_id '7' for topic 'a' in 'in'
          """)
  void saysWhatIsWrongWithAFormat(String entries, String message) throws IOException {
    // given
    Files.writeString(root.resolve("functions.zip"), "");
    Map<String, Object> format = new HashMap<>();
    for (String entry : entries.split(",", -1)) {
      String[] parts = entry.split("=", 2);
      format.put(parts[0], parts[1]);
    }

    // then
    assertThatThrownBy(() -> producers(ingest("formats", Map.of("a", format))))
        .isInstanceOf(ContextException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesFormatsOfOtherTopicsAndMetricsOfOtherKinds() throws IOException {
    // given
    Files.writeString(root.resolve("functions.zip"), "");
    Map<String, Object> json = Map.of("format", "json");

    // then
    assertThatThrownBy(() -> producers(ingest("formats", Map.of("aa", json))))
        .hasMessageContaining(
            "'producers' has a format for topic 'aa', which 'in' does not write. Did you mean 'a'?");
    assertThatThrownBy(() -> producers(ingest("formats", "avro")))
        .hasMessageContaining("'producers' has formats 'avro' in 'in'. Give a mapping from topics");
    assertThatThrownBy(() -> producers(ingest("metrics", "enf")))
        .hasMessageContaining("'producers' has metrics 'enf' in 'in'. Did you mean 'emf'?");
    assertThatThrownBy(
            () ->
                producers(
                    Map.of(
                        "name",
                        "sim",
                        "type",
                        "simulation",
                        "simulator",
                        "iot",
                        "topic",
                        "a",
                        "formats",
                        Map.of("a", json))))
        .hasMessageContaining(
            "'producers' has 'formats' in 'sim' of type 'simulation'. Remove them: only 'http' and"
                + " 'object' have formats.");
  }

  private static Map<String, Object> ingest(String key, Object value) {
    return Map.of("name", "in", "type", "http", "topics", List.of("a"), key, value);
  }

  private List<Producer> producers(Map<String, Object> producer) {
    return read(Map.of("functionsZip", "functions.zip", "producers", List.of(producer)))
        .producers()
        .all();
  }

  /** The problems, without what is allowed. */
  private static List<String> withoutLists(ContextException refused) {
    return refused.problems().stream()
        .map(problem -> problem.replaceFirst(" Allowed: .*", ""))
        .toList();
  }

  private AwsEnvironment read(Map<String, Object> stage) {
    return AwsEnvironment.of(context(stage), root);
  }

  private static Map<String, Object> context(Map<String, Object> stage) {
    Map<String, Object> block = new HashMap<>(LEAST);
    block.putAll(stage);
    Map<String, Object> context = new HashMap<>();
    context.put("stage", "dev");
    context.put("stages", Map.of("dev", block));
    return context;
  }
}
