/* SPDX-License-Identifier: MIT */
package io.icestream.job;

import io.icestream.spark.environment.Environment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What a job meets on AWS, on this machine: the image's class path, Kafka, S3, Glue, and an
 * environment file in S3 as the deployment writes it.
 */
final class JobSite implements AutoCloseable {
  private static final String BUCKET = "lake";
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int MINUTES = 3;

  /** How the deployment lets a job log in to MSK, but for TLS, which the embedded Kafka lacks. */
  private static final Map<String, String> IAM =
      Map.of(
          "kafka.security.protocol", "SASL_PLAINTEXT",
          "kafka.sasl.mechanism", "AWS_MSK_IAM",
          "kafka.sasl.jaas.config", "software.amazon.msk.auth.iam.IAMLoginModule required;",
          "kafka.sasl.client.callback.handler.class",
              "software.amazon.msk.auth.iam.IAMClientCallbackHandler");

  private final Path home;
  private final Environment stack;
  private final FakeGlue glue;
  private int runs;

  private JobSite(Path home, Environment stack, FakeGlue glue) {
    this.home = home;
    this.stack = stack;
    this.glue = glue;
  }

  /**
   * @param home a folder for files
   * @param stack where the embedded Kafka and S3 are
   */
  static JobSite of(Path home, Environment stack) throws IOException {
    JobSite site = new JobSite(home, stack, new FakeGlue("s3://" + BUCKET + "/warehouse"));
    site.storeEnvironment("open", Map.of());
    site.storeEnvironment("iam", IAM);
    return site;
  }

  /** A folder for files of one test class, empty. */
  static Path emptyFolder(String name) throws IOException {
    Path folder = Path.of("target", "it", name).toAbsolutePath();
    if (Files.exists(folder)) {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  /** The servers' class paths, as their modules have laid them out. */
  static Path distribution(Path home) throws IOException {
    Path lib = Files.createDirectories(home.resolve("distribution/lib"));
    for (String server : List.of("kafka", "s3")) {
      Files.createSymbolicLink(
          lib.resolve(server), ROOT.resolve("localstack/" + server + "/target/lib"));
    }
    return lib.getParent();
  }

  Path home() {
    return home;
  }

  /** What must not be in a log. */
  String secret() {
    return stack.catalog().get("s3.secret-access-key");
  }

  /** Which permissions on Glue's catalog the job has asked for. */
  SortedSet<String> glueActions() {
    return glue.actions();
  }

  void createTopic(String topic) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(settingsOfClients())) {
      admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    }
  }

  /** Sends records, and returns when all of them are in Kafka. */
  void produce(String topic, List<String> values) throws InterruptedException, ExecutionException {
    try (var producer =
        new KafkaProducer<>(settingsOfClients(), new StringSerializer(), new StringSerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      values.forEach(value -> sent.add(producer.send(new ProducerRecord<>(topic, value))));
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private Map<String, Object> settingsOfClients() {
    Map<String, Object> settings = new HashMap<>(stack.kafka());
    settings.put("default.api.timeout.ms", "10000");
    settings.put("request.timeout.ms", "10000");
    return settings;
  }

  /**
   * Runs a pipeline of the examples until it has drained.
   *
   * @param pipeline its file
   * @param environment {@code open}, or {@code iam} to log in as to MSK
   */
  JobRun run(String pipeline, String environment) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(home.resolve("run-" + ++runs));
    // spark.archives are unpacked there under the name that the request gives
    Files.createSymbolicLink(folder.resolve("pipeline"), ROOT.resolve("pipelines"));
    Path log = folder.resolve("log.txt");
    Path classes = folder.resolve("classes.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command(classes, "pipeline/" + pipeline, environment))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("AWS_ACCESS_KEY_ID", stack.catalog().get("s3.access-key-id"));
    builder.environment().put("AWS_SECRET_ACCESS_KEY", stack.catalog().get("s3.secret-access-key"));
    Process process = builder.start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("The job has not ended. Log: " + log);
    }
    return new JobRun(process.exitValue(), Files.readString(log), LoadedClasses.read(classes));
  }

  /** What a table has, read from its newest metadata. */
  List<Record> rows(String table) {
    try (S3FileIO files = new S3FileIO()) {
      Map<String, String> settings = new HashMap<>(stack.catalog());
      files.initialize(settings);
      var operations = new StaticTableOperations(glue.metadata(table), files);
      try (CloseableIterable<Record> rows =
          IcebergGenerics.read(new BaseTable(operations, table)).build()) {
        List<Record> found = new ArrayList<>();
        rows.forEach(row -> found.add(row.copy()));
        return found;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    glue.close();
  }

  /**
   * As the image starts a job: its own jars on the class path, the job's in a class loader below.
   */
  private List<String> command(Path classes, String pipeline, String environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("icestream.jvm").trim().split("\\s+")));
    command.addAll(List.of("-Xmx1g", "-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Xlog:class+load:file=" + classes + ":none:filecount=0");
    command.addAll(List.of("-cp", ROOT.resolve("job/image/target/lib") + File.separator + "*"));
    command.add("org.apache.spark.deploy.SparkSubmit");
    command.addAll(List.of("--master", "local[2]", "--class", "io.icestream.spark.Main"));
    settings().forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.add(ROOT.resolve("job/target/icestream-job.jar").toString());
    command.addAll(List.of("--pipeline", pipeline, "--until-drained"));
    command.addAll(List.of("--environment", "s3://" + BUCKET + "/" + environment + ".properties"));
    return command;
  }

  /** What the image sets in files of its own, and what stands in for a cluster. */
  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("spark.hadoop.fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    settings.put("spark.hadoop.fs.s3a.endpoint", stack.catalog().get("s3.endpoint"));
    settings.put("spark.hadoop.fs.s3a.endpoint.region", "us-east-1");
    settings.put("spark.hadoop.fs.s3a.path.style.access", "true");
    settings.put("spark.sql.shuffle.partitions", "2");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    return settings;
  }

  /** As the deployment writes it, but for the addresses and MSK's login. */
  private void storeEnvironment(String name, Map<String, String> more) {
    Map<String, String> entries = new TreeMap<>();
    entries.put("checkpoints", "s3://" + BUCKET + "/checkpoints");
    entries.put("kafka.bootstrap.servers", stack.bootstrapServers());
    entries.put("catalog.name", "lake");
    entries.put("catalog.catalog-impl", "org.apache.iceberg.aws.glue.GlueCatalog");
    entries.put("catalog.io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
    entries.put("catalog.client.region", "us-east-1");
    entries.put("catalog.s3.retry.num-retries", "32");
    entries.put("catalog.warehouse", "s3://" + BUCKET + "/warehouse");
    entries.put("catalog.glue.endpoint", glue.url());
    entries.put("catalog.s3.endpoint", stack.catalog().get("s3.endpoint"));
    entries.put("catalog.s3.path-style-access", "true");
    entries.putAll(more);
    StringBuilder text = new StringBuilder();
    entries.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    try (S3Client s3 = s3()) {
      s3.putObject(
          r -> r.bucket(BUCKET).key(name + ".properties"), RequestBody.fromString(text.toString()));
    }
  }

  private S3Client s3() {
    Map<String, String> catalog = stack.catalog();
    return S3Client.builder()
        .endpointOverride(URI.create(catalog.get("s3.endpoint")))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    catalog.get("s3.access-key-id"), catalog.get("s3.secret-access-key"))))
        .build();
  }
}
