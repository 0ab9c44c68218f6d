/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.core.JsonPointer;
import io.icestream.producers.deadletter.LetterFile;
import io.icestream.producers.format.SchemaFiles;
import io.icestream.producers.format.TopicFormats;
import io.icestream.producers.http.HttpIngest;
import io.icestream.producers.http.IngestSettings;
import io.icestream.producers.http.LocalHttpServer;
import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.RecordSender;
import io.icestream.producers.kafka.TopicSpec;
import io.icestream.producers.kafka.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes JSON records by HTTP on this machine, as the Lambda function does behind its URL. */
@Command(
    name = "http",
    description =
        "Take JSON records by HTTP, as the Lambda function does, until Ctrl-C: POST to /topics/NAME.",
    mixinStandardHelpOptions = true)
final class ProduceHttpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port of this machine; 0 for a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--topic",
      paramLabel = "T",
      required = true,
      description = "A topic that takes records; several times for several")
  private List<String> topics;

  @Option(
      names = "--key",
      paramLabel = "POINTER",
      description = "JSON pointer of the record's key, such as /device_id (default: no key)")
  private String key;

  @Option(
      names = "--formats",
      paramLabel = "FILE",
      description =
          "JSON file with the formats of topics; its schemas are looked for beside it (default: JSON)")
  private Path formats;

  @Option(
      names = "--create-topic",
      description = "Create the topics with 4 partitions if they do not exist")
  private boolean createTopics;

  @Option(
      names = "--dead-letters",
      paramLabel = "FILE",
      defaultValue = "dead-letters.ndjson",
      description = "Where rejected records go, one per line (default: ${DEFAULT-VALUE})")
  private Path deadLetters;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    IngestSettings settings =
        new IngestSettings(Set.copyOf(topics), pointer(), formats(), IngestSettings.Limits.DEFAULT);
    ProducerSettings kafka =
        new ProducerSettings(
            environment.read().bootstrapServers(),
            Map.of(
                "linger.ms", "5", "delivery.timeout.ms", "20000", "request.timeout.ms", "10000"));
    requireTopics(kafka);
    CountDownLatch stopped = new CountDownLatch(1);
    try (RecordSender sender = RecordSender.open(kafka);
        LocalHttpServer server =
            LocalHttpServer.start(
                port, new HttpIngest(settings, sender, new LetterFile(deadLetters)), settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, sender), "http-stop"));
      for (String topic : topics) {
        err.println("Taking records at http://127.0.0.1:" + server.port() + "/topics/" + topic);
      }
      err.println("Rejected ones go to " + deadLetters + "; Ctrl-C stops");
      err.flush();
      stopped.await();
    }
    return ExitCodes.OK;
  }

  /** In this order: what requests have sent is awaited before the client closes. */
  private static void stop(LocalHttpServer server, RecordSender sender) {
    server.close();
    sender.close();
  }

  private void requireTopics(ProducerSettings kafka) {
    try (Topics existing = Topics.connect(kafka)) {
      if (createTopics) {
        List<String> unused =
            existing.createIfAbsent(topics.stream().map(name -> new TopicSpec(name, 4)).toList());
      }
      topics.forEach(existing::require);
    }
  }

  private TopicFormats formats() {
    if (formats == null) {
      return TopicFormats.JSON;
    }
    try {
      return TopicFormats.of(
          formats.toString(),
          Files.readString(formats),
          SchemaFiles.local(formats.toAbsolutePath().getParent()));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--formats is '" + formats + "', which cannot be read: " + e, e);
    }
  }

  private Optional<JsonPointer> pointer() {
    try {
      return Optional.ofNullable(key).map(JsonPointer::compile);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--key is '" + key + "': give a JSON pointer such as /device_id", e);
    }
  }
}
