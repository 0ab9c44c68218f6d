/* SPDX-License-Identifier: MIT */
package io.icestream.producers.function;

import io.icestream.producers.ProducerException;
import io.icestream.producers.kafka.MskIam;
import io.icestream.producers.kafka.ProducerSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How a function reaches Kafka, from its environment variables. */
public final class KafkaVariables {

  private static final String ROLE = "ICESTREAM_KAFKA_ROLE_ARN";

  /** Each client writes a hundred lines about its settings, and each object has three clients. */
  private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka");

  private KafkaVariables() {}

  /**
   * The settings of clients.
   *
   * @param answerMillis after which a record that Kafka has not acknowledged has failed: it has to
   *     be known before the function's own time is over
   * @throws ProducerException if a variable is missing or not what it should be
   */
  public static ProducerSettings settings(Variables variables, int answerMillis) {
    CLIENTS.setLevel(Level.WARNING);
    Map<String, String> settings = new HashMap<>();
    String auth = variables.get("ICESTREAM_KAFKA_AUTH").orElse("iam");
    switch (auth) {
      case "iam" -> settings.putAll(iam(variables));
      case "none" -> {}
      default ->
          throw new ProducerException(
              "Environment variable ICESTREAM_KAFKA_AUTH is '" + auth + "': give iam or none.");
    }
    settings.put("delivery.timeout.ms", String.valueOf(answerMillis));
    settings.put("request.timeout.ms", String.valueOf(answerMillis / 2));
    settings.put("max.block.ms", String.valueOf(answerMillis / 2));
    settings.put("linger.ms", "5");
    settings.put("batch.size", String.valueOf(128 << 10));
    settings.put(
        "max.request.size",
        String.valueOf(variables.number("ICESTREAM_MAX_RECORD_BYTES", 1_000_000) + (48 << 10)));
    return new ProducerSettings(variables.require("ICESTREAM_BOOTSTRAP_SERVERS"), settings);
  }

  private static Map<String, String> iam(Variables variables) {
    Optional<String> role = variables.get(ROLE);
    if (role.isEmpty()) {
      return MskIam.ofProcess();
    }
    return MskIam.ofRole(
        role.get(),
        variables.get("AWS_LAMBDA_FUNCTION_NAME").orElse("icestream"),
        variables.require("AWS_REGION"));
  }
}
