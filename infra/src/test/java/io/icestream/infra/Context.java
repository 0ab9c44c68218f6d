/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What cdk.json says, with the stage of the tests. */
final class Context {
  static final Path ROOT = Path.of("..");

  private static final List<String> PIPELINES =
      List.of(
          "pipelines/customers-cdc.yaml",
          "pipelines/iot-telemetry.yaml",
          "pipelines/machine-temperature.yaml",
          "pipelines/web-logs.yaml");

  /** A producer of each type. */
  static final Map<String, Object> PRODUCERS =
      Map.of(
          "functionsZip",
          "infra/src/test/resources/functions.zip",
          "producers",
          List.of(
              Map.of(
                  "name",
                  "ingest",
                  "type",
                  "http",
                  "topics",
                  List.of("iot.readings"),
                  "key",
                  "/device_id"),
              Map.of(
                  "name", "files", "type", "object", "routes", List.of("readings/=iot.readings")),
              Map.of(
                  "name",
                  "fleet",
                  "type",
                  "simulation",
                  "simulator",
                  "iot",
                  "topic",
                  "iot.readings")));

  /** Producers that write formats and tell what they send. */
  static final Map<String, Object> FORMATS =
      Map.of(
          "functionsZip",
          "infra/src/test/resources/functions.zip",
          "producers",
          List.of(
              Map.of(
                  "name",
                  "ingest",
                  "type",
                  "http",
                  "topics",
                  List.of("iot.readings"),
                  "metrics",
                  "emf",
                  "formats",
                  Map.of(
                      "iot.readings",
                      Map.of(
                          "format",
                          "avro",
                          "schema",
                          "pipelines/schemas/reading.avsc",
                          "framing",
                          "confluent",
                          "schema_id",
                          42))),
              Map.of(
                  "name",
                  "files",
                  "type",
                  "object",
                  "routes",
                  List.of("readings/=iot.readings"),
                  "formats",
                  Map.of(
                      "iot.readings",
                      Map.of(
                          "format",
                          "protobuf",
                          "schema",
                          "s3://acme-schemas/iot/reading.desc",
                          "message",
                          "acme.Reading",
                          "framing",
                          "glue",
                          "schema_id",
                          "b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63")))));

  /** A poller of an API, in a VPC that has a way to it. */
  static final Map<String, Object> POLLER =
      Map.of(
          "functionsZip",
          "infra/src/test/resources/functions.zip",
          "vpcId",
          "vpc-0123456789abcdef0",
          "vpcCidr",
          "10.1.0.0/16",
          "vpcSubnetIds",
          List.of("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
          "producers",
          List.of(
              Map.of(
                  "name",
                  "weather",
                  "type",
                  "api",
                  "topic",
                  "iot.readings",
                  "file",
                  "infra/src/test/resources/weather.yaml",
                  "minutes",
                  10,
                  "secrets",
                  List.of("weather-api"),
                  "addresses",
                  List.of("203.0.113.0/24"))));

  private Context() {}

  /**
   * The context of a deployment of all examples to an account that nobody has.
   *
   * @param stage further keys of the stage
   */
  static Map<String, Object> of(Map<String, Object> stage) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("account", "111122223333");
    block.put("region", "eu-central-1");
    block.put("pipelines", PIPELINES);
    block.put("maxVcpus", 32);
    // Any file will do: nothing of a test looks into it
    block.put("jobJar", "infra/src/test/resources/job.jar");
    block.put("controllerZip", "infra/src/test/resources/function.zip");
    block.put("functionsZip", "infra/src/test/resources/function.zip");
    block.putAll(stage);
    Map<String, Object> context = new LinkedHashMap<>(committed());
    context.put("stage", "test");
    context.put("stages", Map.of("test", block));
    // Otherwise a finding of cdk-nag ends the synthesis, and cannot be asked for
    context.put("@aws-cdk/core:annotationsInValidationReport", false);
    return context;
  }

  private static Map<String, Object> committed() {
    try {
      String text = Files.readString(ROOT.resolve("cdk.json"));
      return Json.object(Json.parsed(text).get("context"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
