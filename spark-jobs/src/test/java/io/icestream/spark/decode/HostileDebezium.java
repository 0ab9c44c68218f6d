/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.SourcePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Bad envelopes of database changes. */
final class HostileDebezium implements HostileFormat {
  private static final StructType TABLE =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("name", DataTypes.StringType)
          .add("price", DataTypes.createDecimalType(10, 2))
          .add("seen", DataTypes.TimestampType)
          .add("born", DataTypes.DateType);
  private static final String ROW = "{\"id\":7,\"name\":\"\u00c4nn\"}";
  private static final String SAMPLE =
      "{\"before\":null,\"after\":"
          + ROW
          + ",\"source\":{\"db\":\"shop\"},\"op\":\"c\",\"ts_ms\":1}";
  private static final List<Object> ANN = Arrays.asList(7L, "\u00c4nn", null, null, null);
  private static final List<Object> SHOP =
      Arrays.asList(null, "shop", null, null, null, null, null, null, null, null, null);
  private static final List<Object> CHANGE = Arrays.asList("c", 1_000L, null, ANN, SHOP, null);

  @Override
  public SourcePlan plan() {
    return HostileFormat.plan(
        new FormatDefinition.Debezium("s.avsc", UnknownFields.IGNORE), DebeziumColumns.of(TABLE));
  }

  @Override
  public List<HostileInput> inputs() {
    List<HostileInput> inputs = new ArrayList<>();
    inputs.add(HostileInput.accepted("a change", SAMPLE.getBytes(UTF_8), CHANGE));
    String wrapped = "{\"schema\":{\"type\":\"struct\"},\"payload\":" + SAMPLE + "}";
    inputs.add(HostileInput.accepted("with schema", wrapped.getBytes(UTF_8), CHANGE));
    inputs.add(
        HostileInput.accepted(
            "a tombstone", null, Arrays.asList("tombstone", null, null, null, null, null)));
    for (String text : List.of(SAMPLE, wrapped)) {
      Damage.cuts(text)
          .forEach(
              (name, bytes) -> inputs.add(HostileInput.rejected(name, bytes, "malformed_json")));
      Damage.encodings(text)
          .forEach(
              (name, bytes) -> inputs.add(HostileInput.rejected(name, bytes, "malformed_json")));
      Damage.wrongSequences()
          .forEach(
              (name, bytes) ->
                  inputs.add(
                      HostileInput.rejected(
                          name, Damage.with(text.replace("nn", "@"), bytes), "malformed_json")));
    }
    rejected()
        .forEach(
            (json, reason) ->
                inputs.add(
                    HostileInput.rejected(
                        json.length() > 100 ? json.substring(0, 100) : json, json, reason)));
    for (String deep : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000))) {
      inputs.add(HostileInput.rejected("deep schema", "{\"schema\":" + deep, "too_large"));
      inputs.add(
          HostileInput.rejected("deep envelope", "{\"op\":\"t\",\"x\":" + deep, "too_large"));
      inputs.add(
          HostileInput.rejected(
              "deep source", "{\"op\":\"t\",\"source\":{\"x\":" + deep, "too_large"));
    }
    return inputs;
  }

  private static Map<String, String> rejected() {
    Map<String, String> rejected = new LinkedHashMap<>();
    for (String json : List.of("", " ", "\n")) {
      rejected.put(json, "empty_payload");
    }
    for (String json :
        List.of(
            "null",
            "[]",
            "7",
            SAMPLE + SAMPLE,
            SAMPLE + "x",
            "{\"payload\":" + SAMPLE,
            "{'op':'t'}")) {
      rejected.put(json, "malformed_json");
    }
    for (String json :
        List.of(
            "{\"payload\":null}",
            "{\"payload\":7}",
            "{\"payload\":[" + SAMPLE + "]}",
            "{\"payload\":\"x\"}",
            "{\"schema\":{}}",
            "{\"schema\":null,\"op\":\"t\"}",
            "{\"payload\":" + SAMPLE + ",\"op\":\"c\"}",
            "{\"op\":\"d\",\"after\":" + ROW + "}",
            "{\"op\":\"t\",\"after\":" + ROW + "}")) {
      rejected.put(json, "malformed_envelope");
    }
    for (String json :
        List.of(
            "{}",
            ROW,
            "{\"op\":null}",
            "{\"OP\":\"c\"}",
            "{\"after\":" + ROW + "}",
            "{\"op\":\"c\"}",
            "{\"op\":\"r\",\"after\":null}",
            "{\"op\":\"u\",\"before\":" + ROW + "}",
            "{\"op\":\"c\",\"after\":{}}",
            "{\"op\":\"c\",\"after\":{\"id\":null}}",
            "{\"payload\":{}}")) {
      rejected.put(json, "missing_field");
    }
    for (String op : List.of("m", "x", "", "C", "create", "tombstone", "cc", "c ")) {
      rejected.put("{\"op\":\"" + op + "\",\"after\":" + ROW + "}", "unsupported_operation");
    }
    for (String field :
        List.of(
            "\"op\":7",
            "\"op\":{}",
            "\"ts_ms\":\"1\"",
            "\"ts_ms\":1.5",
            "\"ts_ms\":true",
            "\"before\":[]",
            "\"before\":\"x\"",
            "\"source\":7",
            "\"source\":{\"db\":{}}",
            "\"source\":{\"db\":[]}",
            "\"source\":{\"lsn\":\"7\"}",
            "\"source\":{\"pos\":1.5}",
            "\"source\":{\"ts_ms\":\"now\"}",
            "\"source\":{\"snapshot\":{}}",
            "\"transaction\":\"x\"",
            "\"transaction\":{\"id\":7}",
            "\"before\":{\"id\":\"7\"}",
            "\"before\":{\"name\":7}",
            "\"before\":{\"price\":\"BN4=\"}",
            "\"before\":{\"price\":\"\"}",
            "\"before\":{\"price\":{\"scale\":2,\"value\":\"BN4=\"}}",
            "\"before\":{\"price\":true}",
            "\"before\":{\"price\":\"1,5\"}",
            "\"before\":{\"price\":\"NaN,\"}",
            "\"before\":{\"seen\":1}",
            "\"before\":{\"seen\":1700000000000}",
            "\"before\":{\"seen\":1700000000000000}",
            "\"before\":{\"seen\":1.5}",
            "\"before\":{\"seen\":\"1700000000000\"}",
            "\"before\":{\"born\":1.5}",
            "\"before\":{\"born\":\"19723\"}",
            "\"before\":{\"born\":true}")) {
      rejected.put("{" + field + ",\"op\":\"t\"}", "wrong_type");
    }
    rejected.remove("{\"op\":7,\"op\":\"t\"}");
    rejected.remove("{\"op\":{},\"op\":\"t\"}");
    for (String field :
        List.of(
            "\"ts_ms\":9223372036854775807",
            "\"ts_ms\":-9223372036854775808",
            "\"ts_ms\":9223372036854775808",
            "\"ts_ms\":9223372036854776",
            "\"source\":{\"ts_ms\":9223372036854775807}",
            "\"source\":{\"lsn\":9223372036854775808}",
            "\"before\":{\"id\":9223372036854775808}",
            "\"before\":{\"price\":\"100000000\"}",
            "\"before\":{\"price\":0.001}",
            "\"before\":{\"price\":\"NaN\"}",
            "\"before\":{\"price\":\"1e999999999\"}",
            "\"before\":{\"price\":1e99999999999}",
            "\"before\":{\"born\":2147483648}")) {
      rejected.put("{" + field + ",\"op\":\"t\"}", "out_of_range");
    }
    for (String field :
        List.of(
            "\"op\":\"t\"",
            "\"o\\u0070\":\"t\"",
            "\"before\":null,\"before\":null",
            "\"before\":{\"id\":1,\"id\":1}",
            "\"source\":{\"db\":\"a\",\"db\":\"a\"}",
            "\"ts_ms\":1,\"ts_ms\":1")) {
      rejected.put("{" + field + ",\"op\":\"t\"}", "duplicate_key");
    }
    rejected.put("{\"payload\":{\"op\":\"t\"},\"payload\":{\"op\":\"t\"}}", "duplicate_key");
    return rejected;
  }
}
