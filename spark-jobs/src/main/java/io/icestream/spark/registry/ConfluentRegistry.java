/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.spark.registry.WriterSchema.Language;
import io.icestream.spark.registry.WriterSchema.Reference;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A registry that speaks Confluent's REST interface. Asks once; does not try again. */
final class ConfluentRegistry implements SchemaRegistry {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistrySettings settings;
  private final HttpClient http;

  ConfluentRegistry(RegistrySettings settings) {
    this.settings = settings;
    this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
  }

  @Override
  public Optional<WriterSchema> byId(SchemaId id) {
    Optional<JsonNode> found = get("/schemas/ids/" + id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<Reference> references = new ArrayList<>();
    if (!collect(found.get(), references, new HashSet<>())) {
      return Optional.empty();
    }
    Language language = language(found.get().path("schemaType").asText("AVRO"));
    return Optional.of(new WriterSchema(language, text(found.get()), references));
  }

  /**
   * Adds the schemas that a schema refers to, each behind those that it needs itself.
   *
   * @return whether the registry has them all
   */
  private boolean collect(JsonNode schema, List<Reference> references, Set<String> seen) {
    for (JsonNode reference : schema.path("references")) {
      String name = reference.path("name").asText();
      if (seen.add(name)) {
        Optional<JsonNode> found =
            get(
                "/subjects/"
                    + URLEncoder.encode(reference.path("subject").asText(), UTF_8)
                        .replace("+", "%20")
                    + "/versions/"
                    + reference.path("version").asInt());
        if (found.isEmpty() || !collect(found.get(), references, seen)) {
          return false;
        }
        references.add(new Reference(name, text(found.get())));
      }
    }
    return true;
  }

  /** What the registry answers; empty if it says that there is no such schema. */
  private Optional<JsonNode> get(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.url() + path))
            .timeout(settings.timeout())
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (!settings.authorization().isEmpty()) {
      request.header("Authorization", settings.authorization());
    }
    HttpResponse<String> response = send(request.build());
    if (response.statusCode() == 404 && isAboutTheSchema(response.body())) {
      return Optional.empty();
    }
    if (response.statusCode() != 200) {
      throw unavailable(path, "answers with status " + response.statusCode(), null);
    }
    return Optional.of(parse(path, response.body()));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw unavailable(request.uri().getPath(), "does not answer (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(request.uri().getPath(), "was not waited for", e);
    }
  }

  /**
   * A 404 without one of the registry's own codes says that the address is wrong, which is no
   * reason to reject a record: 40401 is an unknown subject, 40402 a version, 40403 a schema.
   */
  private static boolean isAboutTheSchema(String body) {
    try {
      int code = JSON.readTree(body).path("error_code").asInt();
      return code >= 40401 && code <= 40403;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private JsonNode parse(String path, String body) {
    try {
      JsonNode answer = JSON.readTree(body);
      if (answer.path("schema").isTextual()) {
        return answer;
      }
      throw unavailable(path, "answers without a schema", null);
    } catch (JsonProcessingException e) {
      throw unavailable(path, "answers with something that is not JSON", e);
    }
  }

  private static Language language(String name) {
    return switch (name) {
      case "AVRO" -> Language.AVRO;
      case "PROTOBUF" -> Language.PROTOBUF;
      case "JSON" -> Language.JSON;
      default -> Language.OTHER;
    };
  }

  private static String text(JsonNode schema) {
    return schema.path("schema").asText();
  }

  private RegistryUnavailableException unavailable(String path, String found, Exception cause) {
    return new RegistryUnavailableException(
        "Schema registry "
            + settings.url()
            + " "
            + found
            + " to "
            + path
            + ". Start it, or correct 'registry.*' in the environment.",
        cause);
  }
}
