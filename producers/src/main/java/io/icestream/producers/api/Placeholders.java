/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.producers.ProducerException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts secrets into texts: {@code ${env:NAME}}, {@code ${secret:ID}}, and {@code
 * ${secret:ID#FIELD}} for a field of a secret that is JSON. Each secret is fetched once. Not
 * thread-safe.
 */
final class Placeholders {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{(env|secret):([^}#]+)(?:#([^}]+))?}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> environment;
  private final Secrets secrets;
  private final Map<String, String> fetched = new HashMap<>();

  Placeholders(Map<String, String> environment, Secrets secrets) {
    this.environment = environment;
    this.secrets = secrets;
  }

  /**
   * @throws ProducerException if a variable or secret is not there, or has a character that does
   *     not belong into a header; no message has its text
   */
  String fill(String text) {
    Matcher found = PLACEHOLDER.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (found.find()) {
      String value = value(found);
      if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw new ProducerException(
            found.group()
                + " has a character that is no printable ASCII, such as a line end: store it without.");
      }
      found.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return found.appendTail(filled).toString();
  }

  private String value(Matcher found) {
    String name = found.group(2);
    if (found.group(1).equals("env")) {
      String value = environment.get(name);
      if (value == null) {
        throw new ProducerException("Environment variable " + name + " is not set: set it.");
      }
      return value;
    }
    String secret = fetched.computeIfAbsent(name, secrets::text);
    return found.group(3) == null ? secret : field(name, secret, found.group(3));
  }

  private static String field(String name, String secret, String field) {
    try {
      JsonNode value = JSON.readTree(secret).get(field);
      if (value != null && value.isValueNode()) {
        return value.asText();
      }
    } catch (JsonProcessingException e) {
      // The cause would have the secret in its message
      throw new ProducerException("Secret " + name + " is not JSON: leave #" + field + " out.");
    }
    throw new ProducerException("Secret " + name + " has no field " + field + ".");
  }
}
