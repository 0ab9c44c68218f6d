/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.model.FormatDefinition;
import io.icestream.spark.plan.SourcePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Bad lines for a regular expression, judged by that of the JDK and by {@link TextOracle}. */
final class HostileRegex implements HostileFormat {
  private static final StructType COLUMNS =
      new StructType()
          .add("level", DataTypes.StringType, false)
          .add("count", DataTypes.IntegerType)
          .add("time", DataTypes.TimestampType)
          .add("real", DataTypes.DoubleType)
          .add("text", DataTypes.StringType);
  private static final String SAMPLE = "WARN n=12 t=2026-01-31T12:00:00Z r=1.5 low on \u00e4";
  private static final String REGEX =
      "(?<level>[A-Z]+)(?: n=(?<count>[^ ]*))?(?: t=(?<time>[^ ]*))?(?: r=(?<real>[^ ]*))? (?<text>.*)";

  @Override
  public SourcePlan plan() {
    return HostileFormat.plan(
        new FormatDefinition.Text(Optional.empty(), Optional.of(REGEX), Optional.of("s.avsc")),
        COLUMNS);
  }

  @Override
  public List<HostileInput> inputs() {
    List<HostileInput> inputs = new ArrayList<>();
    inputs.add(judged("a good line", SAMPLE));
    inputs.add(judged("a good line and its break", SAMPLE + "\r\n"));
    Damage.cuts(SAMPLE).forEach((name, bytes) -> inputs.add(judged(name, bytes)));
    Damage.strayBytes(SAMPLE).forEach((name, bytes) -> inputs.add(judged(name, bytes)));
    for (String value : HostileCsv.VALUES.stream().distinct().toList()) {
      for (String group : List.of("n", "t", "r")) {
        inputs.add(judged(group + " is " + value, "A " + group + "=" + value + " x"));
      }
    }
    Damage.encodings(SAMPLE).forEach((name, bytes) -> inputs.add(judged(name, bytes)));
    Damage.wrongSequences()
        .forEach(
            (name, bytes) ->
                inputs.add(
                    HostileInput.rejected(name, Damage.with("A x@", bytes), "malformed_text")));
    for (String empty : List.of("", "\n", "\r\n")) {
      inputs.add(HostileInput.rejected("empty", empty, "empty_payload"));
    }
    for (String line :
        List.of("A x\nB y", "a x", " A x", "A", "\uFEFFA x", "A x\n\n", "A\u0000x")) {
      inputs.add(HostileInput.rejected(line, line, "no_match"));
    }
    inputs.add(judged("a text of 1 MiB", "A " + "x".repeat(1 << 20)));
    inputs.add(HostileInput.rejected("no match in 1 MiB", "A".repeat(1 << 20), "no_match"));
    return inputs;
  }

  private static HostileInput judged(String name, String line) {
    return judged(name, line.getBytes(UTF_8));
  }

  private static HostileInput judged(String name, byte[] payload) {
    return HostileInput.judged(name, payload, Damage.utf8(payload).flatMap(HostileRegex::values));
  }

  private static Optional<List<Object>> values(String payload) {
    Matcher matcher =
        Pattern.compile(REGEX, Pattern.UNIX_LINES).matcher(payload.replaceFirst("\r?\n$", ""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Object[] values = new Object[COLUMNS.length()];
    for (int i = 0; i < values.length; i++) {
      String text = matcher.group(COLUMNS.fields()[i].name());
      if (text != null) {
        Optional<Object> value = TextOracle.value(text, COLUMNS.fields()[i].dataType());
        if (value.isEmpty()) {
          return Optional.empty();
        }
        values[i] = value.get();
      }
    }
    return Optional.of(Arrays.asList(values));
  }
}
