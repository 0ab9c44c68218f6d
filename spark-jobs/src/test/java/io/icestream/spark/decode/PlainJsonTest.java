/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.schema.ColumnPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it takes, the parser takes to be the same; what it leaves, it leaves whole. */
class PlainJsonTest {
  private static final StructType COLUMNS =
      new StructType()
          .add("text", DataTypes.StringType)
          .add("number", DataTypes.IntegerType)
          .add("large", DataTypes.LongType)
          .add("real", DataTypes.DoubleType)
          .add("flag", DataTypes.BooleanType)
          .add("at", DataTypes.TimestampType)
          .add("day", DataTypes.DateType)
          .add("price", DataTypes.createDecimalType(9, 2))
          .add("id", DataTypes.StringType, false);

  private final PlainJson plain = new PlainJson(COLUMNS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\"}",
        " {\t\"id\" : \"ä€𝄞\" ,\r\n\"text\":\"\"} \n",
        "{\"id\":\"a\",\"text\":null,\"number\":null,\"price\":null}",
        "{\"number\":-2147483648,\"large\":999999999999999999,\"real\":-0.5,\"id\":\"\"}",
        "{\"flag\":true,\"at\":\"2026-01-31T10:00:00.123456Z\",\"day\":\"2026-02-28\",\"id\":\"b\"}",
        "{\"real\":23.456789012345678,\"id\":\"c\"}",
        "{\"real\":0,\"number\":0,\"id\":\"d\"}",
      })
  void takesWhatIsPlain(String document) {
    assertThat(isPlain(document)).isTrue();
    assertSame(document.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"id\":\"a\"",
        "{\"id\":\"a\",}",
        "{\"id\":\"a\"}x",
        "{\"id\":\"a\"}{}",
        "{\"id\":\"a\",\"id\":\"b\"}",
        "{\"id\":null}",
        "{\"id\":\"a\",\"other\":1}",
        "{\"id\":\"a\\n\"}",
        "{\"id\":\"a\n\"}",
        "{\"i\\u0064\":\"a\"}",
        "{\"id\":7}",
        "{\"id\":\"a\",\"number\":2147483648}",
        "{\"id\":\"a\",\"number\":01}",
        "{\"id\":\"a\",\"number\":-0}",
        "{\"id\":\"a\",\"number\":1.0}",
        "{\"id\":\"a\",\"number\":1e2}",
        "{\"id\":\"a\",\"number\":}",
        "{\"id\":\"a\",\"number\":--1}",
        "{\"id\":\"a\",\"large\":9223372036854775807}",
        "{\"id\":\"a\",\"real\":1.}",
        "{\"id\":\"a\",\"real\":.5}",
        "{\"id\":\"a\",\"real\":-0.0}",
        "{\"id\":\"a\",\"real\":1e400}",
        "{\"id\":\"a\",\"real\":0e1}",
        "{\"id\":\"a\",\"real\":1.5e-3}",
        "{\"id\":\"a\",\"real\":NaN}",
        "{\"id\":\"a\",\"flag\":tru}",
        "{\"id\":\"a\",\"flag\":truex}",
        "{\"id\":\"a\",\"at\":\"2026-02-30T10:00:00Z\"}",
        "{\"id\":\"a\",\"price\":1.25}",
        "{\"id\":\"a\" \"number\":1}",
      })
  void leavesTheRestToTheParser(String document) {
    assertThat(isPlain(document)).isFalse();
    assertSame(document.getBytes(UTF_8));
  }

  @Test
  void agreesWithTheParserOnWhateverIsMadeUp() {
    // given
    Random random = new Random(20261123);
    int taken = 0;
    int accepted = 0;

    // when, then
    for (int i = 0; i < 60_000; i++) {
      byte[] document = document(random).getBytes(UTF_8);
      if (i % 3 == 0) {
        damage(document, random);
      }
      taken += plain.fill(document, new GenericInternalRow(COLUMNS.length())) ? 1 : 0;
      accepted += assertSame(document) ? 1 : 0;
    }
    assertThat(taken).as("documents that are plain").isGreaterThan(10_000);
    assertThat(accepted).as("documents that are good").isGreaterThan(taken);
  }

  private boolean isPlain(String document) {
    return plain.fill(document.getBytes(UTF_8), new GenericInternalRow(COLUMNS.length()));
  }

  /** Whether the document is good. */
  private static boolean assertSame(byte[] document) {
    Object expected = strictly(document);
    Object actual = decoded(document);
    assertThat(actual).as(new String(document, UTF_8)).isEqualTo(expected);
    return expected instanceof List;
  }

  private static Object decoded(byte[] document) {
    GenericInternalRow row = new GenericInternalRow(COLUMNS.length());
    try {
      new JsonDecoder(COLUMNS, UnknownFields.REJECT).decode(document, row);
      return values(row);
    } catch (Rejection e) {
      return e.reason() + ": " + e.getMessage();
    }
  }

  private static Object strictly(byte[] document) {
    GenericInternalRow row = new GenericInternalRow(COLUMNS.length());
    Unexpected unexpected = Unexpected.of(UnknownFields.REJECT, new DriftLog());
    JsonObjectReader reader = new JsonObjectReader(COLUMNS, ColumnPath.ROOT, unexpected);
    try {
      JsonText.read(document, parser -> reader.fill(parser, row));
      return values(row);
    } catch (Rejection e) {
      return e.reason() + ": " + e.getMessage();
    }
  }

  private static List<Object> values(GenericInternalRow row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < COLUMNS.length(); i++) {
      values.add(row.get(i, COLUMNS.fields()[i].dataType()));
    }
    return values;
  }

  private static String document(Random random) {
    List<String> fields = new ArrayList<>();
    for (String name : COLUMNS.fieldNames()) {
      if (random.nextInt(100) < (name.equals("id") ? 98 : name.equals("price") ? 5 : 60)) {
        fields.add(
            blank(random)
                + "\""
                + name
                + "\""
                + blank(random)
                + ":"
                + blank(random)
                + value(name, random)
                + blank(random));
      }
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(fields, random);
    }
    if (random.nextInt(40) == 0) {
      fields.add("\"unknown\":[1,{}]");
    }
    return fields.stream().collect(Collectors.joining(",", "{", "}"));
  }

  private static String blank(Random random) {
    return random.nextInt(10) == 0 ? List.of(" ", "\n", "\t", "\r\n  ").get(random.nextInt(4)) : "";
  }

  private static String value(String name, Random random) {
    if (random.nextInt(20) == 0) {
      return List.of("null", "7", "\"x\"", "true", "[]", "{}", "-1.5", "\"\\u00e4\"")
          .get(random.nextInt(8));
    }
    return switch (name) {
      case "number" -> Integer.toString(random.nextInt() >> random.nextInt(32));
      case "large" -> Long.toString(random.nextLong() >> random.nextInt(64));
      case "real" ->
          switch (random.nextInt(4)) {
            case 0 -> Double.toString(random.nextGaussian() * 1000);
            case 1 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 2 -> Math.round(random.nextGaussian() * 10_000) / 100.0 + "";
            default -> Long.toString(random.nextLong() >> random.nextInt(64));
          };
      case "flag" -> Boolean.toString(random.nextBoolean());
      case "at" ->
          "\"2026-%02d-%02dT%02d:00:00%s\""
              .formatted(
                  1 + random.nextInt(12),
                  1 + random.nextInt(31),
                  random.nextInt(25),
                  List.of("Z", ".5Z", "+02:00", "", ".123456789Z").get(random.nextInt(5)));
      case "day" -> "\"2026-%02d-%02d\"".formatted(1 + random.nextInt(12), 1 + random.nextInt(31));
      case "price" -> Double.toString(random.nextInt(100_000) / 100.0);
      default -> {
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(12); i > 0; i--) {
          text.append(
              List.of("a", "Z", " ", "ä", "€", "𝄞", "\\n", "/", "~").get(random.nextInt(9)));
        }
        yield text.append('"').toString();
      }
    };
  }

  private static void damage(byte[] document, Random random) {
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      byte[] likely = "\"\\{}[]:,0-.eE+ \n\0\u007ftrufalsn".getBytes(UTF_8);
      document[random.nextInt(document.length)] =
          random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt();
    }
  }
}
