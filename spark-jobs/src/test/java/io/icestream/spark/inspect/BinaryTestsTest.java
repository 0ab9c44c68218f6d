/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.PipelineFileException;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of pipelines with binary formats: their records are given as fields and written as bytes.
 */
class BinaryTestsTest {
  private static final String REST =
      """
          event_time: at
      sinks:
        t.rows: { from: s, mode: append }
      quarantine: { table: t.bad }
      tests:
        - name: it
          given:
            s:
              - { id: a, at: "2026-01-31T12:00:00.25Z", n: 3, kind: B, inner: { x: 1.5 }, list: [1, 2], raw: aGk= }
          expect:
            t.rows:
              - { id: a, at: "2026-01-31T12:00:00.25Z", n: 3, kind: B, inner: { x: 1.5 }, list: [1, 2], raw: hi }
            t.bad: []
      """;

  private static final String AVRO =
      """
      {"type": "record", "name": "R", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "n", "type": ["null", "int"], "default": null},
        {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["A", "B"]}},
        {"name": "inner", "type": {"type": "record", "name": "I", "fields": [
          {"name": "x", "type": "double"}]}},
        {"name": "list", "type": {"type": "array", "items": "long"}},
        {"name": "more", "type": "string", "default": "m"},
        {"name": "raw", "type": "bytes"}]}
      """;

  private static final String PROTO =
      """
      syntax = "proto3";
      package t;
      import "google/protobuf/timestamp.proto";
      message R {
        string id = 1;
        google.protobuf.Timestamp at = 2;
        int32 n = 3;
        enum K { A = 0; B = 1; }
        K kind = 4;
        message I { double x = 1; }
        I inner = 5;
        repeated int64 list = 6;
        bytes raw = 7;
      }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ type: avro, schema: r.avsc }",
        "{ type: avro, schema: r.avsc, framing: confluent }",
        "{ type: protobuf, schema: r.proto, message: t.R }",
        "{ type: protobuf, schema: r.proto, message: t.R, framing: glue }",
      })
  void passWithoutARegistry(String format) throws IOException {
    assertThat(run(format, REST)).allSatisfy(o -> assertThat(o.passed()).as("%s", o).isTrue());
  }

  @Test
  void nameTheFieldThatCannotBeWritten() {
    assertThatThrownBy(
            () ->
                run(
                    "{ type: avro, schema: r.avsc }",
                    REST.replace("kind: B, inner", "kind: C, inner")))
        .isInstanceOf(PipelineFileException.class)
        .hasMessageContaining("kind: Avro cannot write C as enum");
    assertThatThrownBy(
            () ->
                run(
                    "{ type: protobuf, schema: r.proto, message: t.R }",
                    REST.replace("n: 3, kind: B, inner", "m: 3, kind: B, inner")))
        .isInstanceOf(PipelineFileException.class)
        .hasMessageContaining("m: the message has no such field");
    assertThatThrownBy(
            () ->
                run(
                    "{ type: protobuf, schema: r.proto, message: t.R }",
                    REST.replace("n: 3, kind: B, inner", "n: 3000000000, kind: B, inner")))
        .isInstanceOf(PipelineFileException.class)
        .hasMessageContaining("a number does not fit");
  }

  private List<TestOutcome> run(String format, String rest) throws IOException {
    Files.writeString(folder.resolve("r.avsc"), AVRO);
    Files.writeString(folder.resolve("r.proto"), PROTO);
    String yaml =
        "version: 1\nname: t\nsources:\n  s:\n    kafka: { topic: t }\n    format: "
            + format
            + "\n"
            + rest;
    var definition = PipelineParser.parse(folder.resolve("p.yaml"), yaml);
    return PipelineTests.run(LocalSpark.session().newSession(), definition);
  }
}
