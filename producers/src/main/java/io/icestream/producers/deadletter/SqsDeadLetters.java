/* SPDX-License-Identifier: MIT */
package io.icestream.producers.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.producers.ProducerException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Sends letters to an SQS queue, as many per call as it takes. The message is {@link LetterJson}'s.
 */
public final class SqsDeadLetters implements DeadLetters {

  private static final int MOST_PER_CALL = 10;

  /** SQS counts all messages of a call together. */
  private static final int MOST_BYTES = 256 << 10;

  private final SqsClient sqs;
  private final String queueUrl;

  /**
   * @param sqs closed by the caller
   * @param queueUrl of a standard queue
   */
  public SqsDeadLetters(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public void keep(List<DeadLetter> letters) {
    List<String> call = new ArrayList<>();
    int bytes = 0;
    for (DeadLetter letter : letters) {
      String message = LetterJson.of(letter);
      int size = message.getBytes(UTF_8).length;
      if (call.size() == MOST_PER_CALL || bytes + size > MOST_BYTES) {
        send(call);
        call.clear();
        bytes = 0;
      }
      call.add(message);
      bytes += size;
    }
    if (!call.isEmpty()) {
      send(call);
    }
  }

  private void send(List<String> messages) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (String message : messages) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(String.valueOf(entries.size()))
              .messageBody(message)
              .build());
    }
    SendMessageBatchResponse response;
    try {
      response = sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
    } catch (SdkException e) {
      throw failure(messages.size(), e.getMessage(), e);
    }
    if (!response.failed().isEmpty()) {
      BatchResultErrorEntry first = response.failed().get(0);
      throw failure(response.failed().size(), first.code() + " " + first.message(), null);
    }
  }

  private ProducerException failure(int count, String why, Throwable cause) {
    return new ProducerException(
        count
            + " dead letters could not be sent to "
            + queueUrl
            + ": "
            + why
            + " Check the queue and the permission sqs:SendMessage.",
        cause);
  }
}
