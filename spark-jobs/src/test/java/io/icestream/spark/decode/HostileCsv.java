/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.model.FormatDefinition;
import io.icestream.spark.plan.SourcePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Bad lines of CSV; values are judged by {@link TextOracle}. */
final class HostileCsv implements HostileFormat {
  private static final StructType COLUMNS =
      new StructType()
          .add("text", DataTypes.StringType)
          .add("small", DataTypes.IntegerType)
          .add("large", DataTypes.LongType)
          .add("real", DataTypes.DoubleType)
          .add("single", DataTypes.FloatType)
          .add("flag", DataTypes.BooleanType)
          .add("time", DataTypes.TimestampType)
          .add("day", DataTypes.DateType)
          .add("price", DataTypes.createDecimalType(10, 2))
          .add("blob", DataTypes.BinaryType)
          .add("last", DataTypes.StringType);

  static final List<String> VALUES =
      List.of(
          ("0 -0 +0 1 +1 -1 01 1.5 1. .5 . - + -- e 1e 1e5 1E5 1e+5 1e-5 e5 .e5 0x1F 1_000 1f 1d 1L"
                  + " NaN -NaN Infinity -Infinity +Infinity infinity INF 1e400 -1e400 1e-400 1e39 1e-50"
                  + " 1e999999999 1e-999999999 1e99999999999 0e99999999999 2147483647 2147483648 -2147483648"
                  + " -2147483649 9223372036854775807 9223372036854775808 -9223372036854775808"
                  + " -9223372036854775809 99999999.99 100000000 0.001 0.010 -99999999.99 4.9e-324 2.4e-324"
                  + " 3.4028235e38 3.4028236e38 \u0661\u0662 \uFF11 1\u00a0 $1 1% 1/2 (1) true TRUE True tRUE"
                  + " yes T 1 t false FALSE False null NULL \\N nil 2026-01-31 2026-02-29 2024-02-29 2026-1-1"
                  + " 20260131 31/01/2026 0000-01-01 9999-12-31 10000-01-01 2026-01-31T12:00:00Z"
                  + " 2026-01-31T12:00:00 2026-01-31T12:00 2026-01-31T23:59:60Z 2026-01-31T24:00:00Z"
                  + " 2026-01-31T12:00:00+18:00 2026-01-31T12:00:00+18:01 2026-01-31T12:00:00-05:30"
                  + " 2026-01-31T12:00:00.123456789Z 2026-01-31T12:00:00.1234567890Z 1767225600 AA== AA A"
                  + " AAE= ### \u00e4 \u0000 \u0001 1\u0000 \u007f x")
              .split(" "));

  @Override
  public SourcePlan plan() {
    return HostileFormat.plan(new FormatDefinition.Csv("s.avsc", ',', List.of()), COLUMNS);
  }

  @Override
  public List<HostileInput> inputs() {
    List<HostileInput> inputs = new ArrayList<>();
    for (int i = 0; i < COLUMNS.length(); i++) {
      for (String value : VALUES.stream().distinct().toList()) {
        inputs.add(judged(i, value, value));
        inputs.add(judged(i, "\"" + value + "\"", value));
      }
      inputs.add(judged(i, " 1", " 1"));
      inputs.add(judged(i, "1 ", "1 "));
      inputs.add(judged(i, "\"\"", ""));
      inputs.add(judged(i, "\"\t\"", "\t"));
      inputs.add(judged(i, "9".repeat(400), "9".repeat(400)));
      inputs.add(judged(i, "9".repeat(1 << 20), "9".repeat(1 << 20)));
      inputs.add(judged(i, "\"a\"\"b\"", "a\"b"));
    }
    String sample = line(0, "\"K\u00f6ln, \"\"x\"\"\"");
    Damage.cuts(sample.substring(0, sample.length() - 1)) // behind the last comma it is good
        .forEach((name, bytes) -> inputs.add(HostileInput.rejected(name, bytes, "malformed_csv")));
    Damage.encodings(sample)
        .forEach((name, bytes) -> inputs.add(HostileInput.rejected(name, bytes, "malformed_csv")));
    Damage.wrongSequences()
        .forEach(
            (name, bytes) -> {
              inputs.add(
                  HostileInput.rejected(name, Damage.with(line(0, "@"), bytes), "malformed_csv"));
              inputs.add(
                  HostileInput.rejected(
                      name, Damage.with(line(1, "\"@\""), bytes), "malformed_csv"));
            });
    addStructure(inputs, ",".repeat(10));
    return inputs;
  }

  private static void addStructure(List<HostileInput> inputs, String commas) {
    for (String empty : List.of("", "\n", "\r\n", "\r")) {
      inputs.add(HostileInput.rejected("empty " + empty, empty, "empty_payload"));
    }
    for (String line :
        List.of(
            "a",
            ",",
            commas.substring(1),
            commas + ",",
            commas.replace(',', ';'),
            commas.replace(',', '\t'),
            "\"a" + commas,
            "\"a" + commas + "\"",
            "\"a\"b" + commas,
            "\"a\" " + commas,
            "\"" + commas,
            "\"\"\"" + commas,
            "a\n" + commas,
            "a\r" + commas,
            commas + "a\nb",
            commas + "\n" + commas,
            commas + "\r" + commas,
            commas + "\n\n",
            commas + "\n\r",
            commas + "\"a\"\"",
            commas + "\"",
            "\n" + commas,
            "\"a\"\"\"b" + commas)) {
      inputs.add(HostileInput.rejected("line " + line, line, "malformed_csv"));
    }
    for (String end : List.of("", "\n", "\r\n", "\r")) {
      inputs.add(
          HostileInput.accepted(
              "nothing but nulls" + end,
              (commas + end).getBytes(UTF_8),
              Arrays.asList(new Object[11])));
    }
    Object[] values = new Object[11];
    values[0] = "\uFEFFx";
    inputs.add(
        HostileInput.accepted(
            "a mark is part of a text",
            ("\uFEFFx" + commas).getBytes(UTF_8),
            Arrays.asList(values)));
    values = new Object[11];
    values[10] = "a\r\nb\n\"c\",d" + "x".repeat(1 << 20);
    inputs.add(
        HostileInput.accepted(
            "1 MiB in quotes",
            (commas + "\"a\r\nb\n\"\"c\"\",d" + "x".repeat(1 << 20) + "\"").getBytes(UTF_8),
            Arrays.asList(values)));
  }

  private static HostileInput judged(int column, String written, String value) {
    StructField field = COLUMNS.fields()[column];
    Optional<Object> read = TextOracle.value(value, field.dataType());
    Object[] values = new Object[COLUMNS.length()];
    values[column] = read.orElse(null);
    values[10] = column == 10 ? values[10] : "z";
    String shown = written.length() > 50 ? written.length() + " letters" : written;
    return HostileInput.judged(
        field.name() + " is " + shown,
        line(column, written).getBytes(UTF_8),
        read.map(r -> Arrays.asList(values)));
  }

  /** A line with a value in one column, and z in the last. */
  private static String line(int column, String value) {
    String[] fields = new String[COLUMNS.length()];
    Arrays.fill(fields, "");
    fields[10] = "z";
    fields[column] = value;
    return String.join(",", fields);
  }
}
