/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.icestream.producers.ProducerException;
import io.icestream.producers.function.FunctionQueue;
import io.icestream.producers.function.KafkaVariables;
import io.icestream.producers.function.Late;
import io.icestream.producers.function.Variables;
import io.icestream.producers.kafka.RecordSender;
import io.icestream.producers.metric.ProducerMeters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lambda function of HTTP ingest, behind a Function URL or an HTTP API. When it answers, every
 * record is in Kafka or named in the answer: nothing is left to a later call. Its variables are in
 * {@code docs/producers.md}.
 */
public final class HttpIngestHandler implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(HttpIngestHandler.class);

  /** API Gateway gives up after 30 seconds. */
  private static final int ANSWER_MILLIS = 20_000;

  private final Late<RecordSender> kafka;
  private final FunctionQueue deadLetters;
  private final ProducerMeters meters;
  private final HttpIngest ingest;

  /** Lambda's. */
  public HttpIngestHandler() {
    this(Variables.ofProcess());
  }

  HttpIngestHandler(Variables variables) {
    kafka = Late.of(() -> RecordSender.open(KafkaVariables.settings(variables, ANSWER_MILLIS)));
    deadLetters = FunctionQueue.of(variables);
    meters = ProducerMeters.of(variables);
    ingest =
        new HttpIngest(
            IngestVariables.settings(variables),
            meters.measuring(records -> kafka.get().send(records)),
            meters.counting(deadLetters));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    HttpRequest request = FunctionUrl.read(input);
    HttpResponse response;
    try {
      response = ingest.answer(request);
    } catch (ProducerException e) {
      LOG.atError().addKeyValue("request", request.id()).setCause(e).log("A request failed");
      response = new HttpResponse(503, Map.of(), IngestAnswer.error("Kafka cannot be reached"));
    }
    if (response.status() == 503) {
      // Whatever is wrong with the client, the next request has another
      kafka.close();
    }
    meters.tell();
    FunctionUrl.write(response, output);
  }
}
