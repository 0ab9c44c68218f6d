/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.icestream.model.FormatDefinition.Framing;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.source.RawRecord;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever is sent either becomes rows with the values that it says, or rows in quarantine with a
 * reason and the bytes that were sent. Nothing else happens: no other exception, no null for a
 * value, no row too many or too few.
 */
class HostileInputTest {
  private static final Map<String, HostileFormat> FORMATS = formats();
  private static final Map<String, List<HostileInput>> INPUTS = new LinkedHashMap<>();

  static {
    FORMATS.forEach((name, format) -> INPUTS.put(name, distinct(format.inputs())));
  }

  private static List<HostileInput> distinct(List<HostileInput> inputs) {
    Map<Optional<ByteBuffer>, HostileInput> distinct = new LinkedHashMap<>();
    inputs.forEach(
        i -> distinct.putIfAbsent(Optional.ofNullable(i.payload()).map(ByteBuffer::wrap), i));
    return List.copyOf(distinct.values());
  }

  private static Map<String, HostileFormat> formats() {
    Map<String, HostileFormat> formats = new LinkedHashMap<>();
    formats.put("json", new HostileJson());
    formats.put("lines of json", new HostileLines());
    formats.put("csv", new HostileCsv());
    formats.put("apache_combined", new HostileLogs(LogEscapes.APACHE));
    formats.put("nginx_combined", new HostileLogs(LogEscapes.NGINX));
    formats.put("regex", new HostileRegex());
    formats.put("debezium", new HostileDebezium());
    formats.put("raw text", new HostileText());
    formats.put("avro", new HostileAvro());
    formats.put("protobuf", new HostileProtobuf());
    formats.put("confluent", new HostileFraming(Framing.CONFLUENT));
    formats.put("glue", new HostileFraming(Framing.GLUE));
    return formats;
  }

  @TestFactory
  Stream<DynamicContainer> givesItsValuesOrAReason() {
    return FORMATS.entrySet().stream()
        .map(
            format ->
                dynamicContainer(
                    format.getKey(), tests(format.getValue(), INPUTS.get(format.getKey()))));
  }

  @TestFactory
  Stream<DynamicTest> accountsForAllInputsInOneBatch() {
    return FORMATS.entrySet().stream()
        .map(
            format ->
                dynamicTest(
                    format.getKey(),
                    () -> assertAccounted(format.getValue(), INPUTS.get(format.getKey()))));
  }

  @Test
  void hasThousandsOfDistinctInputs() {
    assertThat(INPUTS.values()).allSatisfy(inputs -> assertThat(inputs).hasSizeGreaterThan(50));
    assertThat(INPUTS.values().stream().mapToInt(List::size).sum()).isGreaterThan(3_000);
  }

  private static Stream<DynamicTest> tests(HostileFormat format, List<HostileInput> inputs) {
    SourcePlan plan = format.plan();
    Feed feed = new Feed();
    Iterator<InternalRow> rows =
        new Decoding(plan, EventTimes.NONE, new DriftLog(), true).call(feed);
    return inputs.stream()
        .map(
            input ->
                dynamicTest(
                    "'" + input.name() + "'",
                    () -> {
                      feed.record = record(input);
                      assertOutcome(rows, plan, input);
                    }));
  }

  /** One record at a time: to set a decoder up takes longer than to decode. */
  private static final class Feed implements Iterator<InternalRow> {
    private InternalRow record;

    @Override
    public boolean hasNext() {
      return record != null;
    }

    @Override
    public InternalRow next() {
      InternalRow given = record;
      record = null;
      return given;
    }
  }

  private static void assertOutcome(
      Iterator<InternalRow> decoded, SourcePlan plan, HostileInput input) {
    // when
    List<InternalRow> rows = new ArrayList<>();
    decoded.forEachRemaining(row -> rows.add(row.copy())); // a row is only good until the next

    // then
    assertThat(rows).as("rows of %s", input.name()).hasSameSizeAs(input.outcomes());
    Iterator<HostileInput.Outcome> outcomes = input.outcomes().iterator();
    for (InternalRow row : rows) {
      assertOutcome(plan, input, row, outcomes.next());
    }
  }

  private static void assertOutcome(
      SourcePlan plan, HostileInput input, InternalRow row, HostileInput.Outcome expected) {
    int source = plan.schema().length();
    boolean accepted = row.isNullAt(source + 1);
    String reason = accepted ? "" : row.getString(source + 2) + ": " + row.getString(source + 3);
    assertThat(accepted)
        .as("%s is accepted (%s)", input.name(), reason)
        .isEqualTo(expected.values().isPresent());
    if (accepted) {
      assertThat(positive(Decoded.values(row, plan.schema())))
          .as(input.name())
          .isEqualTo(positive(expected.values().orElseThrow()));
    } else {
      assertThat(row.getString(source + 1)).isEqualTo("decode");
      assertThat(reason).as(input.name()).startsWith(expected.reason());
      assertThat(DecodeReasons.inCode()).contains(row.getString(source + 2));
      assertThat(row.getString(source + 3)).as("a detail").isNotBlank().hasSizeLessThan(600);
    }
    if (!plan.hasLines()) {
      InternalRow place = row.getStruct(source, DecodedColumns.SOURCE_TYPE.length());
      assertThat(place.isNullAt(6) ? null : place.getBinary(6))
          .as("the bytes of %s", input.name())
          .matches(bytes -> Arrays.equals(bytes, input.payload()), "are as sent");
    }
  }

  private static void assertAccounted(HostileFormat format, List<HostileInput> inputs) {
    // when
    try (DecodedBatch batch = DecodedBatch.of(records(inputs), format.plan(), EventTimes.NONE)) {
      // then
      List<HostileInput.Outcome> outcomes =
          inputs.stream().flatMap(i -> i.outcomes().stream()).toList();
      long accepted = outcomes.stream().filter(o -> o.values().isPresent()).count();
      assertThat(batch.counts())
          .usingRecursiveComparison()
          .ignoringFields("ages")
          .isEqualTo(
              new DecodedCounts(
                  inputs.size(),
                  outcomes.size(),
                  outcomes.size() - accepted,
                  0,
                  Map.of(),
                  EventAges.NONE));
      assertThat(batch.accepted().count()).isEqualTo(accepted);
      List<Row> rejected =
          batch
              .rejected()
              .selectExpr("_source.offset", "_source.line", "_source.payload")
              .collectAsList();
      assertThat(rejected).hasSize(outcomes.size() - (int) accepted);
      for (Row row : rejected) {
        byte[] sent = inputs.get((int) row.getLong(0)).payload();
        assertThat(row.<byte[]>getAs(2))
            .as("the bytes of offset %d", row.getLong(0))
            .matches(
                bytes -> Arrays.equals(bytes, row.isNullAt(1) ? sent : line(sent, row.getInt(1))),
                "are as sent");
      }
    }
  }

  private static byte[] line(byte[] payload, int number) {
    int from = 0;
    for (int i = 0; i < number; i++) {
      while (payload[from++] != '\n') {}
    }
    int to = from;
    while (to < payload.length && payload[to] != '\n') {
      to++;
    }
    return Arrays.copyOfRange(payload, from, to > from && payload[to - 1] == '\r' ? to - 1 : to);
  }

  /** Zero has a sign in Java, and none in a document. */
  private static Object positive(Object value) {
    if (value instanceof Double real && real == 0) {
      return 0.0;
    } else if (value instanceof Float real && real == 0) {
      return 0f;
    }
    return value instanceof List<?> list
        ? list.stream()
            .map(HostileInputTest::positive)
            .collect(ArrayList::new, List::add, List::addAll)
        : value;
  }

  private static InternalRow record(HostileInput input) {
    return new GenericInternalRow(
        new Object[] {null, input.payload(), UTF8String.fromString("topic"), 0, 0L, 0L, 0, null});
  }

  private static Dataset<Row> records(List<HostileInput> inputs) {
    List<Row> rows = new ArrayList<>();
    for (HostileInput input : inputs) {
      long offset = rows.size();
      Timestamp now = Timestamp.from(Instant.EPOCH);
      rows.add(RowFactory.create(null, input.payload(), "topic", 0, offset, now, 0, null));
    }
    return LocalSpark.rows(RawRecord.COLUMNS, rows);
  }
}
