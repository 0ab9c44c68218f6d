/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.Layout;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.decode.HostileInput.Outcome;
import io.icestream.spark.plan.SourcePlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Records of several lines, some of them bad. */
final class HostileLines implements HostileFormat {
  private static final StructType COLUMNS =
      new StructType().add("id", DataTypes.StringType, false).add("n", DataTypes.IntegerType);
  private static final String A = "{\"id\":\"a\"}";
  private static final String B = "{\"id\":\"b\",\"n\":2}";
  private static final Outcome ROW_A = Outcome.accepted(Arrays.asList("a", null));
  private static final Outcome ROW_B = Outcome.accepted(List.of("b", 2));
  private static final Outcome MALFORMED = Outcome.rejected("malformed_json");
  private static final Outcome EMPTY = Outcome.rejected("empty_payload");

  @Override
  public SourcePlan plan() {
    return HostileFormat.plan(
        new FormatDefinition.Json("s.avsc", UnknownFields.IGNORE, Layout.LINES, Framing.NONE),
        COLUMNS);
  }

  @Override
  public List<HostileInput> inputs() {
    List<HostileInput> inputs = new ArrayList<>();
    inputs.add(new HostileInput("a tombstone", null, List.of(EMPTY)));
    for (String blank : List.of("", "\n", "\r\n", " \n\t\n", "\n\n\n\n", "\r", " ")) {
      inputs.add(input(blank, EMPTY));
    }
    for (String end :
        List.of("\n", "\r\n", "\n\n", "\r\n\r\n", "\n \n", "\r\n\n", " \n ", "\t\n\t")) {
      inputs.add(input(A + end + B, ROW_A, ROW_B));
      inputs.add(input(A + end + B + end, ROW_A, ROW_B));
      inputs.add(input(end + A + end + "x" + end + B, ROW_A, MALFORMED, ROW_B));
    }
    inputs.add(input(A + "\r" + B, MALFORMED));
    inputs.add(input(A + B, MALFORMED));
    inputs.add(input(A + "," + B, MALFORMED));
    inputs.add(input(A + "\u2028" + B, MALFORMED));
    inputs.add(input(A + "\u0085" + B, MALFORMED));
    inputs.add(input(A + "\f\n" + B, MALFORMED, ROW_B));
    inputs.add(input("[" + A + ",\n" + B + "]", MALFORMED, MALFORMED));
    inputs.add(input("{\n\"id\":\"a\"\n}", MALFORMED, MALFORMED, MALFORMED));
    inputs.add(input("{\"id\":\"a\nb\"}", MALFORMED, MALFORMED));
    inputs.add(
        input(
            A + "\n{\"n\":1}\n{\"id\":1}\n" + B,
            ROW_A,
            Outcome.rejected("missing_field"),
            Outcome.rejected("wrong_type"),
            ROW_B));
    inputs.add(input("\uFEFF" + A + "\n" + B, ROW_A, ROW_B));
    inputs.add(
        new HostileInput(
            "a line in Latin-1 among others",
            (A + "\n{\"id\":\"\u00e4\"}\n" + B).getBytes(StandardCharsets.ISO_8859_1),
            List.of(ROW_A, MALFORMED, ROW_B)));
    inputs.add(
        new HostileInput(
            "in UTF-16BE",
            (A + "\n" + B).getBytes(StandardCharsets.UTF_16BE),
            List.of(MALFORMED, MALFORMED)));
    inputs.add(
        input(
            A + "\n{\"x\":" + "[".repeat(100_000) + "\n" + B,
            ROW_A,
            Outcome.rejected("too_large"),
            ROW_B));
    addMany(inputs);
    String both = A + "\n" + B;
    for (int length = 1; length < both.length(); length++) {
      String cut = both.substring(0, length);
      if (length < A.length()) {
        inputs.add(input(cut, MALFORMED));
      } else if (length > A.length() + 1) {
        inputs.add(input(cut, ROW_A, MALFORMED));
      }
    }
    return inputs;
  }

  private static void addMany(List<HostileInput> inputs) {
    List<Outcome> outcomes = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      lines.append(i % 10 == 3 ? "{]" : A).append(i % 2 == 0 ? "\n" : "\r\n");
      outcomes.add(i % 10 == 3 ? MALFORMED : ROW_A);
    }
    inputs.add(new HostileInput("5,000 lines", lines.toString().getBytes(UTF_8), outcomes));
  }

  private static HostileInput input(String payload, Outcome... outcomes) {
    String name = payload.length() > 100 ? payload.substring(0, 100) : payload;
    return new HostileInput(name, payload.getBytes(UTF_8), List.of(outcomes));
  }
}
