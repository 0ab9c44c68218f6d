/* SPDX-License-Identifier: MIT */
package io.icestream.bench.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadRecordsTest {

  @Test
  void givesTheSameRecordsForTheSameSeedAndOthersForAnother() {
    assertThat(values(Workload.WIDE_JSON, 1)).isEqualTo(values(Workload.WIDE_JSON, 1));
    assertThat(values(Workload.WIDE_JSON, 1)).isNotEqualTo(values(Workload.WIDE_JSON, 2));
  }

  @ParameterizedTest
  @EnumSource(
      value = Workload.class,
      names = {"IOT_JSON", "WIDE_JSON"})
  void hasTheFieldsOfItsShapeInEachRecord(Workload workload) throws Exception {
    List<String> columns = workload.shape().columns().stream().map(Column::name).toList();

    for (String value : values(workload, 1)) {
      JsonNode json = new ObjectMapper().readTree(value);
      assertThat(json.fieldNames()).toIterable().containsExactlyElementsOf(columns);
    }
  }

  @Test
  void isAsWideAsItSays() {
    assertThat(meanLength(Workload.IOT_JSON)).isBetween(270.0, 320.0);
    assertThat(meanLength(Workload.WIDE_JSON)).isBetween(450.0, 550.0);
    assertThat(Workload.IOT_JSON.shape().columns()).hasSize(12);
    assertThat(Workload.WIDE_JSON.shape().columns()).hasSize(18);
  }

  @Test
  void hasTheSameRowsInAvroAsInJson() throws Exception {
    WorkloadRecords json = new WorkloadRecords(Workload.WIDE_JSON, 50, 1);
    WorkloadRecords avro = new WorkloadRecords(Workload.WIDE_AVRO, 50, 1);
    Schema schema = new Schema.Parser().parse(Workload.WIDE_AVRO.shape().avro());
    GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(schema);

    while (json.hasNext()) {
      JsonNode expected = new ObjectMapper().readTree(json.next().value());
      GenericRecord found =
          reader.read(null, DecoderFactory.get().binaryDecoder(avro.next().value(), null));
      assertThat(found.get("order_id")).hasToString(expected.get("order_id").textValue());
      assertThat(found.get("items")).isEqualTo(expected.get("items").intValue());
      assertThat(found.get("amount")).isEqualTo(expected.get("amount").doubleValue());
      assertThat(found.get("coupon") == null).isEqualTo(expected.get("coupon").isNull());
    }
    assertThat(avro.checksum().difference(json.checksum())).isEmpty();
    assertThat(avro.checksum().rows()).isEqualTo(50);
  }

  private static double meanLength(Workload workload) {
    return values(workload, 1).stream().mapToInt(String::length).average().orElseThrow();
  }

  private static List<String> values(Workload workload, long seed) {
    List<String> values = new ArrayList<>();
    new WorkloadRecords(workload, 50, seed)
        .forEachRemaining(record -> values.add(new String(record.value(), UTF_8)));
    return values;
  }
}
