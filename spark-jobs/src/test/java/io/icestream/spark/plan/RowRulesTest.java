/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.icestream.model.parse.PipelineParser;
import java.nio.file.Path;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowRulesTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of(new StructType().add("id", DataTypes.StringType));
  private static final String YAML =
      """
      version: 1
      name: shop
      sources:
        orders:
          kafka: { topic: shop.orders }
          format: { type: json, schema: order.avsc }
          event_time: t
          watermark: 10m
      steps:
        a:
          sql: SELECT * FROM orders
          expect:
            positive: { check: price > 0, else: drop }
      sinks:
        shop.orders: { from: a, mode: append }
      quarantine: { table: shop.quarantine }
      """;

  @Test
  void areTheSameForAFileThatSaysTheSame() {
    // given: another layout, a comment, and a test
    String other =
        "# all orders\n"
            + YAML.replace("  orders:\n", "  orders:\n\n")
            + "tests: [{ name: nothing, given: {}, expect: { shop.orders: [] } }]\n";

    // when, then
    assertThat(rules(other, SCHEMA)).isEqualTo(rules(YAML, SCHEMA)).matches("[0-9a-f]{12}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM orders | SELECT id FROM orders
          price > 0            | price > 1
          else: drop           | else: quarantine
          watermark: 10m       | watermark: 11m
          from: a              | from: orders
          mode: append         | mode: upsert, key: [id]
          type: json           | type: avro
          """)
  void areOthersForAFileThatSaysSomethingElse(String former, String now) {
    assertThat(YAML).contains(former);
    assertThat(rules(YAML.replace(former, now), SCHEMA)).isNotEqualTo(rules(YAML, SCHEMA));
  }

  @Test
  void areOthersForAnotherSchema() {
    // given
    var wider = RecordSchema.of(SCHEMA.columns().add("price", DataTypes.IntegerType));
    var one = protobuf("a message");
    var same = protobuf("a message");
    var other = protobuf("b message");

    // when, then
    assertThat(rules(YAML, wider)).isNotEqualTo(rules(YAML, SCHEMA));
    assertThat(rules(YAML, one)).isEqualTo(rules(YAML, same)).isNotEqualTo(rules(YAML, other));
  }

  private static RecordSchema protobuf(String files) {
    return new RecordSchema(
        SCHEMA.columns(), new RecordSchema.Protobuf(ByteString.copyFromUtf8(files), "shop.Order"));
  }

  private static String rules(String yaml, RecordSchema schema) {
    return RowRules.of(PipelineParser.parse(Path.of("p.yaml"), yaml), schema);
  }
}
