/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.producers.ProducerException;
import io.icestream.producers.api.LocalPoller;
import io.icestream.producers.api.PollResult;
import io.icestream.producers.deadletter.LetterFile;
import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.RecordSender;
import io.icestream.producers.kafka.TopicSpec;
import io.icestream.producers.kafka.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Polls an HTTP API, as the Lambda function does on its schedule. */
@Command(
    name = "api",
    description =
        "Poll the HTTP API that a file declares, as the Lambda function does, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class ProduceApiCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Parameters(paramLabel = "FILE", description = "The file that declares the API")
  private Path file;

  @Option(names = "--once", description = "Poll once and end")
  private boolean once;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where the cursor is kept (default: .icestream/apis, or ICESTREAM_HOME/apis)",
      defaultValue = "${env:ICESTREAM_HOME:-.icestream}/apis")
  private Path states;

  @Option(names = "--create-topic", description = "Create the topic with 4 partitions if absent")
  private boolean createTopic;

  @Option(
      names = "--dead-letters",
      paramLabel = "FILE",
      defaultValue = "dead-letters.ndjson",
      description = "Where rejected records go, one per line (default: ${DEFAULT-VALUE})")
  private Path deadLetters;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    ProducerSettings kafka = ProducerSettings.of(environment.read().bootstrapServers());
    try (RecordSender sender = RecordSender.open(kafka)) {
      LocalPoller poller =
          LocalPoller.of(file, states, System.getenv(), sender, new LetterFile(deadLetters));
      requireTopic(kafka, poller.topic());
      while (true) {
        boolean more = poll(poller, err);
        if (once) {
          return ExitCodes.OK;
        }
        if (!more) {
          Thread.sleep(poller.interval().toMillis());
        }
      }
    }
  }

  /** A poll that fails is tried again after the interval, unless it is the only one. */
  private boolean poll(LocalPoller poller, PrintWriter err) {
    try {
      PollResult result = poller.poll();
      err.println(result.records() + " records of " + result.pages() + " pages sent");
      err.flush();
      return result.more();
    } catch (ProducerException e) {
      if (once) {
        throw e;
      }
      err.println("failed, and tried again in " + poller.interval() + ": " + e.getMessage());
      err.flush();
      return false;
    }
  }

  private void requireTopic(ProducerSettings kafka, String topic) {
    try (Topics existing = Topics.connect(kafka)) {
      if (createTopic) {
        List<String> unused = existing.createIfAbsent(List.of(new TopicSpec(topic, 4)));
      }
      existing.require(topic);
    }
  }
}
