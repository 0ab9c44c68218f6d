/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How to reach a schema registry. Sent to each task.
 *
 * @param type which kind it is
 * @param url its address without a slash at the end; of Glue: another one than the region's, or
 *     empty
 * @param authorization the value of the header that each request carries; empty for none
 * @param region the AWS region of Glue; empty: the one that the process runs in
 * @param timeout how long one request may take; default 10 s
 * @param retries how often a request is repeated before a warning says that the pipeline waits;
 *     default 3
 */
public record RegistrySettings(
    Type type, String url, String authorization, String region, Duration timeout, int retries)
    implements Serializable {

  /** The kinds of registries. */
  public enum Type {
    /** What speaks Confluent's REST interface. */
    CONFLUENT,
    /** AWS Glue Schema Registry. */
    GLUE
  }

  /**
   * Reads settings.
   *
   * @param keys the keys {@code registry.*} of an environment, without the prefix
   * @return empty if there are none
   * @throws PipelineFailure if a key is unknown, missing or has a wrong value
   */
  public static Optional<RegistrySettings> of(Map<String, String> keys) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Keys(keys).settings());
  }

  /** Where the registry is, for messages. */
  public String place() {
    return url.isEmpty() ? "AWS Glue" + (region.isEmpty() ? "" : " in " + region) : url;
  }

  /** Without the authorization, which is nobody's business. */
  @Override
  public String toString() {
    return "RegistrySettings[" + type + ", " + place() + "]";
  }

  /** The keys, taken one by one: what is left in the end is unknown. */
  private static final class Keys {
    private final Map<String, String> left;
    private final TreeSet<String> known = new TreeSet<>();

    Keys(Map<String, String> keys) {
      this.left = new TreeMap<>(keys);
    }

    RegistrySettings settings() {
      Type type = type(take("type"));
      String url = take("url").replaceAll("/+$", "");
      String authorization = authorization();
      String region = take("region");
      int timeout = number("timeout-seconds", 10, 1);
      int retries = number("retries", 3, 0);
      if (!left.isEmpty()) {
        throw wrong(
            "Key 'registry."
                + left.keySet().iterator().next()
                + "' is unknown in the environment. Known: registry."
                + String.join(", registry.", known)
                + ".");
      }
      if (type == Type.CONFLUENT || !url.isEmpty()) {
        requireHttp(url);
      }
      return new RegistrySettings(
          type, url, authorization, region, Duration.ofSeconds(timeout), retries);
    }

    private String take(String key) {
      known.add(key);
      String value = left.remove(key);
      return value == null ? "" : value.strip();
    }

    private static Type type(String text) {
      return switch (text) {
        case "confluent" -> Type.CONFLUENT;
        case "glue" -> Type.GLUE;
        default ->
            throw wrong(
                "Key 'registry.type' of the environment is '"
                    + text
                    + "'. Set it to 'confluent' or 'glue'.");
      };
    }

    private String authorization() {
      String user = take("basic.user");
      String password = take("basic.password");
      String token = take("bearer.token");
      if (!token.isEmpty() && !user.isEmpty()) {
        throw wrong(
            "The environment has both 'registry.basic.user' and 'registry.bearer.token'. Keep one.");
      }
      if (user.isEmpty() && !password.isEmpty()) {
        throw wrong("The environment has 'registry.basic.password' but no 'registry.basic.user'.");
      }
      if (!token.isEmpty()) {
        return "Bearer " + token;
      }
      return user.isEmpty() ? "" : "Basic " + base64(user + ":" + password);
    }

    private static String base64(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private int number(String key, int fallback, int least) {
      String text = take(key);
      try {
        int value = text.isEmpty() ? fallback : Integer.parseInt(text);
        if (value >= least) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Told below, as a number that is too small is
      }
      throw wrong(
          "Key 'registry."
              + key
              + "' of the environment is '"
              + text
              + "'. Set it to a whole number from "
              + least
              + ".");
    }

    private static void requireHttp(String url) {
      try {
        URI uri = new URI(url);
        if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
          return;
        }
      } catch (URISyntaxException e) {
        // Told below, as another scheme is
      }
      throw wrong(
          "Key 'registry.url' of the environment is '"
              + url
              + "'. Set it to an address such as http://registry:8081.");
    }

    private static PipelineFailure wrong(String message) {
      return new PipelineFailure(Kind.CONFIGURATION, message);
    }
  }
}
