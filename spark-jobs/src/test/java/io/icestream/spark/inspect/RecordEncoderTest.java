/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.Layout;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.Location;
import io.icestream.spark.plan.SourcePlan;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RecordEncoderTest {
  private static final StructType COLUMNS =
      new StructType().add("id", DataTypes.StringType).add("value", DataTypes.DoubleType);
  private static final FormatDefinition JSON =
      new FormatDefinition.Json("s.avsc", UnknownFields.IGNORE, Layout.SINGLE, Framing.NONE);

  @Test
  void writesJsonWithTheDigitsOfTheFile() {
    // given
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("n", new BigDecimal("1.10"));
    fields.put("big", new BigDecimal("12345678901234567890"));
    fields.put("text", "a\"b");
    fields.put("none", null);
    fields.put("list", Arrays.asList("x", true));

    // when
    String json = encode(JSON, fields);

    // then
    assertThat(json)
        .isEqualTo(
            "{\"n\":1.10,\"big\":12345678901234567890,\"text\":\"a\\\"b\",\"none\":null,"
                + "\"list\":[\"x\",true]}");
  }

  @Test
  void writesCsvInTheOrderOfTheSchema() {
    assertThat(encode(csv(List.of()), Map.of("value", new BigDecimal("1E+3"), "id", "a,b")))
        .isEqualTo("\"a,b\",1000");
  }

  @Test
  void writesCsvInTheOrderOfTheHeader() {
    assertThat(
            encode(csv(List.of("value", "id")), Map.of("id", "a \"b\"", "value", BigDecimal.ONE)))
        .isEqualTo("1,\"a \"\"b\"\"\"");
  }

  @Test
  void anAbsentCsvFieldIsEmptyAndAnEmptyTextIsQuoted() {
    assertThat(encode(csv(List.of()), Map.of("id", ""))).isEqualTo("\"\",");
  }

  @Test
  void refusesACsvFieldThatLinesDoNotHave() {
    RecordEncoder encoder = RecordEncoder.of(source(csv(List.of()))).orElseThrow();

    assertThatThrownBy(() -> encoder.encode(Map.of("valeu", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a line of this source has no field 'valeu'. Did you mean 'value'? Allowed: id, value.");
  }

  @Test
  void putsTheHeaderOfARegistryBeforeJson() {
    // given
    FormatDefinition framed =
        new FormatDefinition.Json("s", UnknownFields.IGNORE, Layout.SINGLE, Framing.CONFLUENT);

    // when
    String json = encode(framed, Map.of("n", BigDecimal.ONE));

    // then
    assertThat(json).isEqualTo("\0\0\0\0\0{\"n\":1}");
  }

  @Test
  void takesLinesOfTextAsTheyAre() {
    FormatDefinition text =
        new FormatDefinition.Text(Optional.empty(), Optional.of("(?P<a>.*)"), Optional.empty());

    assertThat(RecordEncoder.of(source(text))).isEmpty();
  }

  private static FormatDefinition csv(List<String> header) {
    return new FormatDefinition.Csv("s.avsc", ',', header);
  }

  private static String encode(FormatDefinition format, Map<String, Object> fields) {
    return new String(RecordEncoder.of(source(format)).orElseThrow().encode(fields), UTF_8);
  }

  private static SourcePlan source(FormatDefinition format) {
    return new SourcePlan(
        Location.START,
        "s",
        new KafkaDefinition("t", KafkaDefinition.Start.EARLIEST),
        format,
        COLUMNS,
        Optional.empty(),
        Optional.empty());
  }
}
