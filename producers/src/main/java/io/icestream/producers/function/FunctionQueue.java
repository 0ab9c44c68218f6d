/* SPDX-License-Identifier: MIT */
package io.icestream.producers.function;

import io.icestream.producers.ProducerException;
import io.icestream.producers.deadletter.DeadLetter;
import io.icestream.producers.deadletter.DeadLetters;
import io.icestream.producers.deadletter.SqsDeadLetters;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The dead-letter queue of a function, by the variable {@code ICESTREAM_DEAD_LETTER_QUEUE_URL}. */
public final class FunctionQueue implements DeadLetters {

  private static final String URL = "ICESTREAM_DEAD_LETTER_QUEUE_URL";

  private final Optional<String> url;
  private final Late<SqsClient> sqs = Late.of(SqsClient::create);

  private FunctionQueue(Optional<String> url) {
    this.url = url;
  }

  public static FunctionQueue of(Variables variables) {
    return new FunctionQueue(variables.get(URL));
  }

  /**
   * @throws ProducerException if the function has no queue, or it takes a letter not
   */
  @Override
  public void keep(List<DeadLetter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    if (url.isEmpty()) {
      throw new ProducerException(
          letters.size()
              + " dead letters have no queue: set the environment variable "
              + URL
              + ".");
    }
    new SqsDeadLetters(sqs.get(), url.get()).keep(letters);
  }
}
