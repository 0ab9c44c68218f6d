/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.Layout;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.SourcePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Bad JSON, judged by {@link JsonOracle} where no reason is given. */
final class HostileJson implements HostileFormat {
  static final StructType COLUMNS =
      new StructType()
          .add("text", DataTypes.StringType, false)
          .add("small", DataTypes.IntegerType)
          .add("large", DataTypes.LongType)
          .add("real", DataTypes.DoubleType)
          .add("single", DataTypes.FloatType)
          .add("flag", DataTypes.BooleanType)
          .add("time", DataTypes.TimestampType)
          .add("day", DataTypes.DateType)
          .add("price", DataTypes.createDecimalType(10, 2))
          .add("blob", DataTypes.BinaryType)
          .add(
              "inner",
              new StructType()
                  .add("n", DataTypes.LongType, false)
                  .add("tags", DataTypes.createArrayType(DataTypes.StringType, true)))
          .add("list", DataTypes.createArrayType(DataTypes.IntegerType, false))
          .add("byName", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType, true));

  private static final String SAMPLE =
      "{\"text\":\"K\u00f6ln \\u00e4\\n\uD83D\uDE00\",\"small\":-12,\"large\":1234567890123,"
          + "\"real\":1.5e3,\"single\":0.25,\"flag\":true,\"time\":\"2026-01-31T12:00:00.5+01:00\","
          + "\"day\":\"2026-01-31\",\"price\":12.50,\"blob\":\"AAEC\","
          + "\"inner\":{\"n\":7,\"tags\":[\"a\",null]},\"list\":[1,2],\"byName\":{\"x\":1},\"no\":[{}]}";

  private static final List<String> VALUES =
      List.of(
          ("true false null 0 -0 0.0 -0.0 00 01 -01 +1 - -- .5 5. 1.e1 1e 1e+ 1E5 1e-5 1.0 1.5 1.25"
                  + " 0.001 1e2 1e7 1e8 1e9 1e10 1e400 -1e400 1e-400 1e39 1e-50 1e999999999"
                  + " -1e999999999 1e-999999999 1e99999999999 1e2147483648"
                  + " 2147483647 2147483648 -2147483648 -2147483649 9223372036854775807"
                  + " 9223372036854775808 -9223372036854775808 -9223372036854775809 99999999.99"
                  + " 100000000 99999999.991 -99999999.99 1.7976931348623157e308 1.7976931348623159e308"
                  + " 4.9e-324 2.4e-324 3.4028235e38 3.4028236e38 1.00000017881393432617187499 0x1F 1_000"
                  + " 1,5 1f NaN Infinity -Infinity nan undefined None nil True FALSE nul tru"
                  + " \"\" \"x\" \"7\" \"1.5\" \"true\" \"null\" 'x' x \"a\"\"b\" \"\\u0000\""
                  + " [] [1] [[1]] [1,] [,1] [1,2.5] [null] [\"a\"] [2147483648] {} {\"n\":1} {\"n\":null}"
                  + " {\"n\":1,\"n\":2} {\"n\":1,\"\\u006e\":2} {\"n\":1,\"tags\":[1]} {\"n\":1,\"tags\":{}}"
                  + " {\"x\":1,\"x\":2} {\"x\":1,\"\\u0078\":2} {\"x\":null} {\"x\":\"1\"} {\"x\":1.5} {1:2} {x:1}"
                  + " {\"x\"} {\"x\":} {\"x\":1,} {,} {null:1}"
                  + " \"2026-01-31T12:00:00Z\" \"2026-01-31T12:00:00\" \"2026-01-31T12:00Z\" \"2026-01-31\""
                  + " \"2026-02-29\" \"2024-02-29\" \"1900-02-29\" \"0000-01-01\" \"9999-12-31\""
                  + " \"10000-01-01\" \"-001-01-01\" \"2026-1-1\" \"2026-00-10\" \"2026-13-01\" \"2026-04-31\""
                  + " \"2026-01-31T23:59:60Z\" \"2016-12-31T23:59:60Z\" \"2026-01-31T24:00:00Z\""
                  + " \"2026-01-31T12:60:00Z\" \"2026-01-31T12:00:00+18:00\" \"2026-01-31T12:00:00+18:01\""
                  + " \"2026-01-31T12:00:00-18:00\" \"2026-01-31T12:00:00+05:45\" \"2026-01-31T12:00:00+05\""
                  + " \"2026-01-31T12:00:00+0545\" \"2026-01-31T12:00:00+05:60\" \"2026-01-31T12:00:00+5\""
                  + " \"2026-01-31T12:00:00z\" \"2026-01-31t12:00:00Z\" \"2026-01-31T12:00:00.Z\""
                  + " \"2026-01-31T12:00:00.123456Z\" \"2026-01-31T12:00:00.123456789Z\""
                  + " \"2026-01-31T12:00:00.1234567890Z\" \"2026-01-31T12:00:00,5Z\" \"2026-01-31T12:00:00ZZ\""
                  + " \"2026-01-31T12:00:00[UTC]\" \"\u0662\u0660\u0662\u0666-01-31\""
                  + " \"9999-12-31T23:59:59.999999Z\" \"0001-01-01T00:00:00Z\" \"31.01.2026\" \"AA==\" \"AA\""
                  + " \"A\" \"A===\" \"AA=\" \"AAE=\" \"AA\\nEC\" \"-_8=\" \"+/8=\" \"\u00e4\" \"AAEC==\"")
              .split(" "));

  @Override
  public SourcePlan plan() {
    return HostileFormat.plan(
        new FormatDefinition.Json("s.avsc", UnknownFields.IGNORE, Layout.SINGLE, Framing.NONE),
        COLUMNS);
  }

  @Override
  public List<HostileInput> inputs() {
    List<HostileInput> inputs = new ArrayList<>();
    inputs.add(judged("a good document", SAMPLE.getBytes(UTF_8)));
    Damage.cuts(SAMPLE).forEach((name, bytes) -> inputs.add(judged(name, bytes)));
    Damage.strayBytes(SAMPLE).forEach((name, bytes) -> inputs.add(judged(name, bytes)));
    addValues(inputs);
    addEncodings(inputs);
    addLarge(inputs);
    addDuplicates(inputs);
    structure().forEach((json, reason) -> inputs.add(HostileInput.rejected(json, json, reason)));
    return inputs;
  }

  private static void addValues(List<HostileInput> inputs) {
    for (StructField field : COLUMNS.fields()) {
      for (String value : VALUES) {
        String json =
            field.name().equals("text")
                ? "{\"text\":" + value + "}"
                : "{\"text\":\"x\",\"" + field.name() + "\":" + value + "}";
        inputs.add(judged(field.name() + " is " + value, json.getBytes(UTF_8)));
      }
      inputs.add(
          judged(
              field.name() + " is an integer of 400 digits",
              ("{\"text\":\"x\",\"" + field.name() + "\":" + "9".repeat(400) + "}")
                  .getBytes(UTF_8)));
    }
  }

  private static void addEncodings(List<HostileInput> inputs) {
    String good = "{\"text\":\"\u00e4\"}";
    Damage.encodings(good)
        .forEach((name, b) -> inputs.add(HostileInput.rejected(name, b, "malformed_json")));
    inputs.add(judged("with a byte order mark", ("\uFEFF" + good).getBytes(UTF_8)));
    inputs.add(
        HostileInput.rejected("two byte order marks", "\uFEFF\uFEFF" + good, "malformed_json"));
    Damage.wrongSequences()
        .forEach(
            (name, bytes) -> {
              for (String place :
                  List.of(
                      "{\"text\":\"a@b\"}",
                      "{\"text\":\"a\",\"n@o\":1}",
                      "{\"text\":\"a\",\"byName\":{\"@\":1}}",
                      "{\"text\":\"a\",\"no\":\"@\"}",
                      "{\"text\":\"a\"@}")) {
                inputs.add(
                    HostileInput.rejected(
                        name + " in " + place, Damage.with(place, bytes), "malformed_json"));
              }
            });
    for (String half : List.of("\\ud800", "\\udc00", "\\ud83dx", "\\udE00\\ud83d")) {
      for (String place :
          List.of(
              "{\"text\":\"%s\"}",
              "{\"text\":\"a\",\"inner\":{\"n\":1,\"tags\":[\"%s\"]}}",
              "{\"text\":\"a\",\"byName\":{\"%s\":1}}")) {
        inputs.add(HostileInput.rejected(half, place.formatted(half), "malformed_json"));
      }
    }
    inputs.add(
        judged("half a pair left out", "{\"text\":\"a\",\"no\":\"\\ud800\"}".getBytes(UTF_8)));
  }

  private static void addLarge(List<HostileInput> inputs) {
    String mega = "x".repeat(1 << 20);
    inputs.add(judged("a text of 1 MiB", ("{\"text\":\"" + mega + "\"}").getBytes(UTF_8)));
    inputs.add(
        judged("an escaped text of 1 MiB", ("{\"text\":\"\\n" + mega + "\"}").getBytes(UTF_8)));
    inputs.add(
        judged("1 MiB of blanks", ("{\"text\":\"x\"" + " ".repeat(1 << 20) + "}").getBytes(UTF_8)));
    inputs.add(judged("a name of 1 MiB", ("{\"text\":\"x\",\"" + mega + "\":1}").getBytes(UTF_8)));
    inputs.add(
        judged(
            "a key of 1 MiB",
            ("{\"text\":\"x\",\"byName\":{\"" + mega + "\":1}}").getBytes(UTF_8)));
    inputs.add(
        HostileInput.rejected(
            "a day of 1 MiB", "{\"text\":\"x\",\"day\":\"" + mega + "\"}", "wrong_type"));
    String nines = "9".repeat(1 << 20);
    for (String field : List.of("small", "large", "real", "single", "price", "no")) {
      inputs.add(
          HostileInput.rejected(
              field + " of a million digits",
              "{\"text\":\"x\",\"" + field + "\":" + nines + "}",
              "too_large"));
    }
    StringBuilder keys = new StringBuilder("{\"text\":\"x\",\"byName\":{");
    StringBuilder names = new StringBuilder("{\"text\":\"x\"");
    StringBuilder items = new StringBuilder("{\"text\":\"x\",\"list\":[0");
    for (int i = 0; i < 100_000; i++) {
      keys.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":").append(i);
      names.append(",\"n").append(i).append("\":0");
      items.append(",").append(i);
    }
    inputs.add(judged("100,000 keys", keys.append("}}").toString().getBytes(UTF_8)));
    inputs.add(judged("100,000 names", names.append("}").toString().getBytes(UTF_8)));
    inputs.add(judged("100,000 items", items.append("]}").toString().getBytes(UTF_8)));
    for (int depth : new int[] {1_001, 100_000}) {
      for (Map.Entry<String, String> nest : Map.of("[", "]", "{\"a\":", "}").entrySet()) {
        String open = nest.getKey().repeat(depth);
        String close = nest.getValue().repeat(depth);
        String deep = open + "1" + close;
        inputs.add(
            HostileInput.rejected(
                depth + " deep, unclosed", "{\"text\":\"x\",\"no\":" + open, "too_large"));
        inputs.add(
            HostileInput.rejected(
                depth + " deep", "{\"text\":\"x\",\"no\":" + deep + "}", "too_large"));
        inputs.add(
            HostileInput.rejected(
                depth + " deep in a column",
                "{\"text\":\"x\",\"inner\":" + deep + "}",
                nest.getKey().equals("[") ? "wrong_type" : "too_large"));
        inputs.add(
            HostileInput.rejected(
                depth + " deep at the top",
                deep,
                nest.getKey().equals("[") ? "malformed_json" : "too_large"));
      }
    }
    inputs.add(
        judged(
            "999 deep",
            ("{\"text\":\"x\",\"no\":" + "[".repeat(998) + "]".repeat(998) + "}").getBytes(UTF_8)));
  }

  private static void addDuplicates(List<HostileInput> inputs) {
    for (String json :
        List.of(
            "{\"text\":\"a\",\"text\":\"a\"}",
            "{\"text\":\"a\",\"text\":null}",
            "{\"text\":\"a\",\"te\\u0078t\":\"b\"}",
            "{\"\\u0074ext\":\"a\",\"text\":\"b\"}",
            "{\"text\":\"a\",\"small\":null,\"small\":1}",
            "{\"text\":\"a\",\"inner\":{\"n\":1},\"inner\":{\"n\":1}}",
            "{\"text\":\"a\",\"inner\":{\"n\":1,\"n\":1}}",
            "{\"text\":\"a\",\"inner\":{\"n\":1,\"\\u006E\":1}}",
            "{\"text\":\"a\",\"byName\":{\"k\":1,\"k\":1}}",
            "{\"text\":\"a\",\"byName\":{\"k\":1,\"j\":2,\"\\u006b\":3}}",
            "{\"text\":\"a\",\"byName\":{\"\":1,\"\":null}}")) {
      inputs.add(HostileInput.rejected("a name twice: " + json, json, "duplicate_key"));
    }
    for (String json :
        List.of(
            "{\"text\":\"a\",\"no\":1,\"no\":2}", "{\"text\":\"a\",\"no\":{\"b\":1,\"b\":2}}")) {
      List<Object> values =
          JsonOracle.values("{\"text\":\"a\"}".getBytes(UTF_8), COLUMNS).orElseThrow();
      inputs.add(HostileInput.accepted("left out twice: " + json, json.getBytes(UTF_8), values));
    }
  }

  private static Map<String, String> structure() {
    Map<String, String> structure = new LinkedHashMap<>();
    for (String empty : List.of("", " ", "\n", "\r\n\t ")) {
      structure.put(empty, "empty_payload");
    }
    for (String json :
        List.of(
            "\uFEFF",
            "null",
            "true",
            "7",
            "\"x\"",
            "[]",
            "[{\"text\":\"x\"}]",
            "\u0000",
            "{\"text\":\"x\"}\u0000",
            "\u0000{\"text\":\"x\"}",
            "{\u0000\"text\":\"x\"}",
            "{\"text\":\"x\u0000y\"}",
            "{\"text\":\"x\ny\"}",
            "{\"text\":\"x\ty\"}",
            "{\"text\":\"x\u001Fy\"}",
            "{\"text\":\"x\"}x",
            "{\"text\":\"x\"}}",
            "{\"text\":\"x\"}{\"text\":\"y\"}",
            "{\"text\":\"x\"}\n{\"text\":\"y\"}",
            "{\"text\":\"x\"},",
            "{\"text\":\"x\"} // end",
            "/* start */ {\"text\":\"x\"}",
            "{\"text\":/**/\"x\"}",
            "# c\n{\"text\":\"x\"}",
            "{'text':'x'}",
            "{\"text\":'x'}",
            "{text:\"x\"}",
            "{\"text\":\"x\",}",
            "{,\"text\":\"x\"}",
            "{\"text\" \"x\"}",
            "{\"text\"=\"x\"}",
            "{\"text\":\"x\";}",
            "{\"text\":\"x\" \"small\":1}",
            "{\"text\":\"\\x41\"}",
            "{\"text\":\"\\u12\"}",
            "{\"text\":\"\\u12G4\"}",
            "{\"text\":\"\\\"}",
            "{\"text\":\"\\'\"}",
            "{\"text\":\"\\0\"}",
            "{\"text\":\"\\U00000041\"}",
            "\f{\"text\":\"x\"}",
            "\u00a0{\"text\":\"x\"}",
            "{\"text\":\u2003\"x\"}",
            "{\"text\":\u201cx\u201d}",
            "{\uFEFF\"text\":\"x\"}",
            "(\"text\")",
            "<text>x</text>",
            "text: x",
            "text,x",
            "\\{\"text\":\"x\"}",
            "{{\"text\":\"x\"}}",
            "{[]}",
            "{\"text\":\"x\",\"no\":}",
            "{\"text\":\"x\",\"no\":[1}",
            "{\"text\":\"x\",\"no\":{]}",
            "{\"text\":\"x\",\"no\":[1 2]}",
            "{\"text\":\"x\",\"no\":tru}",
            "{\"text\":\"x\",\"no\":NaN}",
            "{\"text\":\"x\",\"no\":01}",
            "{\"text\":\"x\",\"no\":1.}")) {
      structure.put(json, "malformed_json");
    }
    for (String json :
        List.of("{}", "{\"Text\":\"x\"}", "{\"text\":null}", "{\" text\":\"x\"}", "{\"\":\"x\"}")) {
      structure.put(json, "missing_field");
    }
    return structure;
  }

  private static HostileInput judged(String name, byte[] payload) {
    return HostileInput.judged(name, payload, JsonOracle.values(payload, COLUMNS));
  }
}
