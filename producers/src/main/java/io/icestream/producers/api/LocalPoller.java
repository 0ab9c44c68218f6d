/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import io.icestream.producers.ProducerException;
import io.icestream.producers.deadletter.DeadLetters;
import io.icestream.producers.kafka.RecordSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Polls an API on this machine: its file and its state are files here. */
public final class LocalPoller {

  private final ApiDefinition api;
  private final ApiPoll poll;

  private LocalPoller(ApiDefinition api, ApiPoll poll) {
    this.api = api;
    this.poll = poll;
  }

  /**
   * Reads the file. Its secrets have to be environment variables.
   *
   * @param states the folder of states
   * @throws ProducerException if the file cannot be read or is wrong
   */
  public static LocalPoller of(
      Path file,
      Path states,
      Map<String, String> environment,
      RecordSink kafka,
      DeadLetters deadLetters) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ProducerException("File " + file + " cannot be read: " + e.getMessage() + ".", e);
    }
    ApiDefinition api = ApiFile.read(file.toString(), text);
    Placeholders placeholders =
        new Placeholders(
            environment,
            id -> {
              throw new ProducerException(
                  "Secret " + id + " cannot be read on this machine: use ${env:NAME}.");
            });
    PageFetch pages = new PageFetch(api, placeholders, Waiting.asleep());
    StateStore state = new StateFile(states.resolve(api.name() + ".json"));
    return new LocalPoller(api, new ApiPoll(api, pages, state, kafka, deadLetters));
  }

  public String topic() {
    return api.topic();
  }

  public Duration interval() {
    return api.limits().interval();
  }

  /**
   * Polls once.
   *
   * @throws ProducerException if the API or Kafka fail: the next poll begins where this one ended
   */
  public PollResult poll() {
    return poll.run();
  }
}
