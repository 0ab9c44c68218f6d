/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.net.URI;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The Lambda function of an API: one poll per call, whatever the event, which is that of a
 * schedule. Only one may run at once (reserved concurrency 1). Its variables are in {@code
 * docs/producers.md}.
 */
public final class ApiPollHandler implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ApiPollHandler.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ANSWER_MILLIS = 30_000;
  private static final int MARGIN_MILLIS = 10_000;

  private final Variables variables;
  private final Late<S3Client> s3 = Late.of(S3Client::create);
  private final Late<SecretsManagerClient> secrets = Late.of(SecretsManagerClient::create);
  private final Late<RecordSender> kafka;
  private final FunctionQueue deadLetters;
  private final ProducerMeters meters;

  /** Lambda's. */
  public ApiPollHandler() {
    this(Variables.ofProcess());
  }

  ApiPollHandler(Variables variables) {
    this.variables = variables;
    kafka = Late.of(() -> RecordSender.open(KafkaVariables.settings(variables, ANSWER_MILLIS)));
    deadLetters = FunctionQueue.of(variables);
    meters = ProducerMeters.of(variables);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    URI file = address("ICESTREAM_API_FILE");
    URI states = address("ICESTREAM_API_STATES");
    ApiDefinition api = ApiFile.read(file.toString(), text(file));
    Waiting waiting =
        time -> {
          if (time.toMillis() + MARGIN_MILLIS > context.getRemainingTimeInMillis()) {
            throw new ProducerException(
                "API '" + api.name() + "' asks to wait for longer than the function may run.");
          }
          Waiting.asleep().sleep(time);
        };
    Placeholders placeholders = new Placeholders(variables.values(), this::secret);
    String key = states.getPath().substring(1).replaceAll("/$", "") + "/" + api.name() + ".json";
    ApiPoll poll =
        new ApiPoll(
            api,
            new PageFetch(api, placeholders, waiting),
            new S3State(s3.get(), states.getHost(), key),
            meters.measuring(records -> kafka.get().send(records)),
            meters.counting(deadLetters));
    PollResult result;
    try {
      result = poll.run();
    } finally {
      meters.tell();
    }
    LOG.atInfo()
        .addKeyValue("api", api.name())
        .addKeyValue("pages", result.pages())
        .addKeyValue("records", result.records())
        .log("API polled");
    JSON.writeValue(
        output,
        Map.of("pages", result.pages(), "records", result.records(), "more", result.more()));
  }

  private String text(URI file) {
    try {
      return s3.get()
          .getObjectAsBytes(
              request -> request.bucket(file.getHost()).key(file.getPath().substring(1)))
          .asUtf8String();
    } catch (SdkException e) {
      throw new ProducerException("API file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private String secret(String id) {
    try {
      return secrets.get().getSecretValue(request -> request.secretId(id)).secretString();
    } catch (SdkException e) {
      throw new ProducerException(
          "Secret "
              + id
              + " cannot be read: "
              + e.getMessage()
              + " Check the permission secretsmanager:GetSecretValue.",
          e);
    }
  }

  private URI address(String variable) {
    String text = variables.require(variable);
    if (!text.matches("s3://[a-z0-9.-]{3,63}/.+")) {
      throw new ProducerException(
          "Environment variable " + variable + " is '" + text + "': give s3://BUCKET/KEY.");
    }
    return URI.create(text);
  }
}
