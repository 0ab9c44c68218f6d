/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RegexDecoderTest {
  private static final String REGEX = "(?P<level>[A-Z]+) (?:(?P<code>[0-9-]*) )?(?P<text>.*)";
  private static final StructType TYPED =
      new StructType()
          .add("text", DataTypes.StringType, false)
          .add("code", DataTypes.IntegerType)
          .add("level", DataTypes.StringType)
          .add("note", DataTypes.StringType);

  @Test
  void takesGroupsAsTextsInTheirOrderWithoutASchema() {
    // when
    var columns = RegexDecoder.columns(REGEX, Optional.empty());

    // then
    assertThat(columns)
        .isEqualTo(
            new StructType()
                .add("level", DataTypes.StringType)
                .add("code", DataTypes.StringType)
                .add("text", DataTypes.StringType));
    assertThat(Decoded.values(new RegexDecoder(columns, REGEX), columns, "WARN 7 low disk"))
        .containsExactly("WARN", "7", "low disk");
  }

  @Test
  void takesTypesAndOrderFromTheSchema() {
    assertThat(values("WARN 7 low disk")).containsExactly("low disk", 7, "WARN", null);
  }

  @Test
  void takesGroupsInTheSyntaxOfJavaToo() {
    assertThat(RegexDecoder.columns("(?<a>x)", Optional.empty()).fieldNames()).containsExactly("a");
  }

  @Test
  void takesAGroupThatTookNoPartAsNull() {
    assertThat(values("WARN low")).containsExactly("low", null, "WARN", null);
  }

  @Test
  void keepsAnEmptyGroupApartFromNull() {
    assertThat(values("WARN 1 ")).startsWith("");
    assertThat(reject("WARN  low")).isEqualTo("wrong_type: code: expected int, found ''");
  }

  @Test
  void doesNotMindTheLineBreakThatEndsARecord() {
    assertThat(values("WARN 1 low\r\n")).startsWith("low");
    assertThat(values("WARN 1 low\n")).startsWith("low");
  }

  @Test
  void rejectsALineThatDoesNotMatchAsAWhole() {
    assertThat(reject("warn 1 low"))
        .isEqualTo("no_match: The line as a whole does not match the regex");
    assertThat(reject(" WARN 1 low")).startsWith("no_match");
    assertThat(reject("WARN 1 low\nWARN 2 low")).startsWith("no_match");
  }

  @Test
  void rejectsAValueOfAnotherType() {
    assertThat(reject("WARN 1-2 low")).isEqualTo("wrong_type: code: expected int, found '1-2'");
    assertThat(reject("WARN 99999999999 low")).startsWith("out_of_range: code: ");
  }

  @Test
  void rejectsARequiredGroupThatTookNoPart() {
    // given
    var columns = new StructType().add("a", DataTypes.StringType, false);

    // when
    var rejection = Decoded.rejection(new RegexDecoder(columns, "(?P<a>x)?y"), columns, "y");

    // then
    assertThat(rejection).isEqualTo("missing_field: a: is required and its group took no part");
  }

  @Test
  void rejectsWhatIsNoText() {
    assertThat(reject("")).isEqualTo("empty_payload: The payload has no content");
    assertThat(Decoded.rejection(decoder(), TYPED, new byte[] {'A', ' ', (byte) 0xE4}))
        .isEqualTo("malformed_text: The payload is not UTF-8: see its byte 2");
  }

  @Test
  void takesTimeThatGrowsWithTheLineAlone() {
    // given
    var columns = new StructType().add("a", DataTypes.StringType);
    var decoder = new RegexDecoder(columns, "(?P<a>(?:(?:x+)+)+)");

    // when, then
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(Decoded.rejection(decoder, columns, "x".repeat(20_000) + "y"))
                .startsWith("no_match"));
  }

  @Test
  void refusesARegexThatIsWrong() {
    assertThatThrownBy(() -> RegexDecoder.columns("(?P<a>x", Optional.empty()))
        .hasMessage("needs a regex in RE2 syntax, found '(?P<a>x': missing closing )");
    assertThatThrownBy(() -> RegexDecoder.columns("(?P<a>x)(?=y)", Optional.empty()))
        .hasMessageContaining("needs a regex in RE2 syntax, found '(?P<a>x)(?=y)': invalid");
    assertThatThrownBy(() -> RegexDecoder.columns("(x)", Optional.empty()))
        .hasMessage(
            "needs a regex with named groups, such as (?P<name>[a-z]+): they are the columns");
  }

  @Test
  void refusesARegexThatDoesNotFitItsSchema() {
    var schema = new StructType().add("level", DataTypes.StringType, false);

    assertThatThrownBy(() -> RegexDecoder.columns("(?P<levle>x)", Optional.of(schema)))
        .hasMessage(
            "has no column for the group 'levle' of the regex. Did you mean 'level'? Allowed:"
                + " level. Add it, or make the group (?:...)");
    assertThatThrownBy(
            () ->
                RegexDecoder.columns(
                    "(?P<note>x)", Optional.of(schema.add("note", DataTypes.StringType))))
        .hasMessage(
            "requires column 'level', and no group of the regex has that name. Allowed: note."
                + " Name one, or let the column be null");
  }

  private static RecordDecoder decoder() {
    return new RegexDecoder(RegexDecoder.columns(REGEX, Optional.of(TYPED)), REGEX);
  }

  private static List<Object> values(String line) {
    return Decoded.values(decoder(), TYPED, line);
  }

  private static String reject(String line) {
    return Decoded.rejection(decoder(), TYPED, line);
  }
}
