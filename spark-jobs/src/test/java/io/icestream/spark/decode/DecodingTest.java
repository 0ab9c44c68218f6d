/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.KafkaDefinition.Start;
import io.icestream.model.Location;
import io.icestream.spark.plan.SourcePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class DecodingTest {
  private static final StructType COLUMNS =
      new StructType().add("id", DataTypes.StringType, false).add("t", DataTypes.TimestampType);
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void makesEachRecordOneRowWithItsPlace() {
    // when
    var rows = decode(Duration.ofMinutes(1), EventTimes.NONE, record(3, 17, NOON, NOON));

    // then
    var row = rows.get(0);
    assertThat(row.getUTF8String(0)).hasToString("r17");
    assertThat(row.getLong(1)).isEqualTo(micros(NOON));
    var source = row.getStruct(2, DecodedColumns.SOURCE_TYPE.length());
    assertThat(source.getUTF8String(0)).hasToString("topic");
    assertThat(source.getInt(1)).isEqualTo(3);
    assertThat(source.getLong(2)).isEqualTo(17);
    assertThat(source.getLong(3)).isEqualTo(micros(NOON));
    assertThat(source.isNullAt(4)).isTrue();
    assertThat(source.isNullAt(5)).isTrue();
    assertThat(source.getBinary(6)).asString(UTF_8).contains("r17");
    assertThat(row.isNullAt(3)).isTrue();
    assertThat(row.isNullAt(4)).isTrue();
    assertThat(row.isNullAt(5)).isTrue();
  }

  @Test
  void keepsPlaceAndPayloadOfARejectedRecordAndNoneOfItsValues() {
    // when
    var rows =
        decode(
            Duration.ofMinutes(1),
            EventTimes.NONE,
            record(0, 1, NOON, NOON),
            record(0, 2, NOON, "{\"id\": \"x\", \"t\": 5}".getBytes(UTF_8)));

    // then
    var row = rows.get(1);
    assertThat(row.isNullAt(0)).isTrue();
    assertThat(row.isNullAt(1)).isTrue();
    assertThat(row.getStruct(2, DecodedColumns.SOURCE_TYPE.length()).getLong(2)).isEqualTo(2);
    assertThat(row.getStruct(2, DecodedColumns.SOURCE_TYPE.length()).getBinary(6))
        .asString(UTF_8)
        .isEqualTo("{\"id\": \"x\", \"t\": 5}");
    assertThat(row.getUTF8String(3)).hasToString("decode");
    assertThat(row.getUTF8String(4)).hasToString("wrong_type");
    assertThat(row.getUTF8String(5)).hasToString("t: expected timestamp, found 5");
  }

  @Test
  void rejectsATombstone() {
    // when
    var rows = decode(Duration.ofMinutes(1), EventTimes.NONE, record(0, 1, NOON, (byte[]) null));

    // then
    assertThat(rows.get(0).getUTF8String(4)).hasToString("empty_payload");
    assertThat(rows.get(0).getUTF8String(5)).hasToString("The record has no value (a tombstone)");
    assertThat(rows.get(0).getStruct(2, DecodedColumns.SOURCE_TYPE.length()).isNullAt(6)).isTrue();
  }

  @Test
  void takesATombstoneWhereItHasAMeaningThoughItHasNoTime() {
    // given
    var columns = DebeziumColumns.of(new StructType().add("id", DataTypes.LongType));
    var plan =
        plan(
            new FormatDefinition.Debezium("s.avsc", UnknownFields.IGNORE),
            columns,
            Optional.of("ts_ms"),
            Optional.of(Duration.ofMinutes(1)));

    // when
    var rows =
        run(
            plan,
            EventTimes.NONE,
            List.of(
                record(0, 1, NOON, "{\"op\": \"t\"}".getBytes(UTF_8)),
                record(0, 2, NOON, (byte[]) null)));

    // then
    assertThat(rows.get(0).getUTF8String(8)).hasToString("missing_event_time");
    assertThat(rows.get(1).isNullAt(7)).as("the tombstone goes on").isTrue();
    assertThat(rows.get(1).getUTF8String(0)).hasToString("tombstone");
    assertThat(counted(rows, 6, 1))
        .isEqualTo(new DecodedCounts(2, 2, 1, 0, Map.of(), EventAges.NONE));
  }

  @Test
  void makesEachLineARowOfItsOwn() {
    // given
    var lines =
        "{\"id\": \"a\"}\r\n\n{\"id\": 7}\n{\"id\": \"c\", \"t\": \"2026-01-31T12:00:00Z\"}";

    // when
    var rows =
        run(
            plan(json(FormatDefinition.Layout.LINES), COLUMNS, Optional.empty(), Optional.empty()),
            EventTimes.NONE,
            List.of(
                record(0, 1, NOON, lines.getBytes(UTF_8)),
                record(0, 2, NOON, "\n \n".getBytes(UTF_8)),
                record(0, 3, NOON, (byte[]) null),
                record(0, 4, NOON, "{\"id\": \"d\"}\n".getBytes(UTF_8))));

    // then
    assertThat(rows)
        .extracting(DecodingTest::shown)
        .containsExactly(
            "a@1.0 {\"id\": \"a\"}",
            "wrong_type@1.2 {\"id\": 7}",
            "c@1.3 {\"id\": \"c\", \"t\": \"2026-01-31T12:00:00Z\"}",
            "empty_payload@2.null \n \n",
            "empty_payload@3.null null",
            "d@4.0 {\"id\": \"d\"}");
    assertThat(counted(rows, 2, -1))
        .isEqualTo(new DecodedCounts(4, 6, 3, 0, Map.of(), EventAges.NONE));
  }

  @Test
  void tellsLatenessLineByLine() {
    // given
    var lines = new StringBuilder();
    for (int seconds : new int[] {0, -60, -61, 30, -31}) {
      lines.append("{\"id\": \"x\", \"t\": \"%s\"}\n".formatted(NOON.plusSeconds(seconds)));
    }

    // when
    var rows =
        run(
            plan(
                json(FormatDefinition.Layout.LINES),
                COLUMNS,
                Optional.of("t"),
                Optional.of(Duration.ofMinutes(1))),
            EventTimes.NONE,
            List.of(record(0, 1, NOON.plusSeconds(60), lines.toString().getBytes(UTF_8))));

    // then
    assertThat(rows)
        .extracting(DecodingTest::stage)
        .containsExactly(null, null, "late", null, "late");
  }

  @Test
  void rejectsARecordWithoutEventTime() {
    // when
    var rows =
        decode(
            Duration.ofMinutes(1),
            EventTimes.NONE,
            record(0, 1, NOON, "{\"id\": \"x\"}".getBytes(UTF_8)));

    // then
    assertThat(rows.get(0).getUTF8String(3)).hasToString("decode");
    assertThat(rows.get(0).getUTF8String(4)).hasToString("missing_event_time");
    assertThat(rows.get(0).getUTF8String(5)).hasToString("t: is the event's time and null");
  }

  @Test
  void tellsLatenessByTheOrderOfThePartition() {
    // when
    var rows =
        decode(
            Duration.ofMinutes(1),
            EventTimes.NONE,
            record(0, 1, NOON, NOON),
            record(0, 2, NOON.minusSeconds(60), NOON),
            record(0, 3, NOON.minusSeconds(61), NOON),
            record(1, 1, NOON.minusSeconds(3600), NOON),
            record(0, 4, NOON.minusSeconds(59), NOON));

    // then
    assertThat(rows)
        .extracting(DecodingTest::stage)
        .containsExactly(null, null, "late", null, null);
    assertThat(rows.get(2).getUTF8String(4)).hasToString("late");
    assertThat(rows.get(2).getUTF8String(5))
        .hasToString("The event is 61 s behind the newest of its partition");
  }

  @Test
  void goesOnFromTheEventTimesOfTheBatchesBefore() {
    // given
    var before = new EventTimes(new TreeMap<>(Map.of(0, micros(NOON))));

    // when
    var rows =
        decode(
            Duration.ofMinutes(1),
            before,
            record(0, 1, NOON.minusSeconds(90), NOON),
            record(1, 1, NOON.minusSeconds(90), NOON));

    // then
    assertThat(rows).extracting(DecodingTest::stage).containsExactly("late", null);
  }

  @Test
  void doesNotLetAClockThatRunsAheadMakeOthersLate() {
    // when
    var rows =
        decode(
            Duration.ofMinutes(1),
            EventTimes.NONE,
            record(0, 1, NOON.plusSeconds(86_400), NOON),
            record(0, 2, NOON.minusSeconds(30), NOON),
            record(0, 3, NOON.minusSeconds(61), NOON));

    // then
    assertThat(rows).extracting(DecodingTest::stage).containsExactly(null, null, "late");
  }

  @Test
  void doesNotLetALateOrRejectedRowMoveTime() {
    // when
    var rows =
        decode(
            Duration.ofMinutes(1),
            EventTimes.NONE,
            record(0, 1, NOON, NOON),
            record(0, 2, NOON.minusSeconds(600), NOON),
            record(
                0, 3, NOON.plusSeconds(600), "{\"t\": \"2026-01-31T13:00:00Z\"}".getBytes(UTF_8)),
            record(0, 4, NOON.minusSeconds(60), NOON));

    // then
    assertThat(rows).extracting(DecodingTest::stage).containsExactly(null, "late", "decode", null);
  }

  @Test
  void callsNoRowLateWithoutWatermark() {
    // given
    var plan = plan(Optional.of("t"), Optional.empty());

    // when
    var rows =
        run(
            plan,
            EventTimes.NONE,
            List.of(
                record(0, 1, NOON, NOON),
                record(0, 2, Instant.parse("0001-01-01T00:00:00Z"), NOON)));

    // then
    assertThat(rows).extracting(DecodingTest::stage).containsOnlyNulls();
  }

  @Test
  void callsNoRowLateUnderTheLongestWatermark() {
    // given
    var plan = plan(Optional.of("t"), Optional.of(Duration.ofDays(999_999_999)));

    // when
    var rows =
        run(
            plan,
            EventTimes.NONE,
            List.of(
                record(0, 1, NOON, NOON),
                record(0, 2, Instant.parse("0001-01-01T00:00:00Z"), NOON)));

    // then
    assertThat(rows).extracting(DecodingTest::stage).containsOnlyNulls();
  }

  @Test
  void findsTheSameLateRowsWhereverBatchesBegin() {
    // given
    var random = new Random(99);
    List<InternalRow> records = new ArrayList<>();
    long[] offsets = new long[3];
    for (int i = 0; i < 3_000; i++) {
      int partition = random.nextInt(3);
      var arrival = NOON.plusSeconds(i);
      var event = arrival.plusSeconds(random.nextInt(-200, 120));
      boolean broken = random.nextInt(50) == 0;
      records.add(
          broken
              ? record(partition, offsets[partition]++, arrival, new byte[] {'x'})
              : record(partition, offsets[partition]++, event, arrival));
    }
    var plan = plan(Optional.of("t"), Optional.of(Duration.ofSeconds(100)));
    var expected = run(plan, EventTimes.NONE, records).stream().map(DecodingTest::stage).toList();

    for (int attempt = 0; attempt < 20; attempt++) {
      // when
      List<String> stages = new ArrayList<>();
      var times = EventTimes.NONE;
      int at = 0;
      while (at < records.size()) {
        int end = Math.min(records.size(), at + random.nextInt(1, 400));
        var rows = run(plan, times, records.subList(at, end));
        rows.forEach(row -> stages.add(stage(row)));
        var counts = counted(rows, 2, 1);
        times = times.and(counts.newestEventTimes());
        at = end;
      }

      // then
      assertThat(stages).isEqualTo(expected);
    }
    assertThat(expected).contains("late", "decode", null);
  }

  @Test
  void countsWhatBecomesOfRows() {
    // given
    var rows =
        decode(
            Duration.ofMinutes(1),
            EventTimes.NONE,
            record(0, 1, NOON, NOON),
            record(0, 2, NOON.minusSeconds(61), NOON),
            record(0, 3, NOON, new byte[] {'x'}),
            record(1, 1, NOON.plusSeconds(9), NOON));

    // when
    var counts = counted(rows, 2, 1);

    // then
    assertThat(counts)
        .isEqualTo(
            new DecodedCounts(
                4, 4, 1, 1, Map.of(0, micros(NOON), 1, micros(NOON)), EventAges.NONE));
    assertThat(counts.accepted()).isEqualTo(2);
    assertThat(
            counts.and(new DecodedCounts(1, 1, 0, 0, Map.of(1, micros(NOON) + 1), EventAges.NONE)))
        .isEqualTo(
            new DecodedCounts(
                5, 5, 1, 1, Map.of(0, micros(NOON), 1, micros(NOON) + 1), EventAges.NONE));
  }

  @Test
  void eventTimesMergeByPartition() {
    // given
    var one = new EventTimes(new TreeMap<>(Map.of(0, 5L, 1, 5L)));

    // when
    var merged = one.and(Map.of(1, 3L, 2, 7L));

    // then
    assertThat(merged.newest())
        .containsExactly(Map.entry(0, 5L), Map.entry(1, 5L), Map.entry(2, 7L));
    assertThat(EventTimes.NONE.and(Map.of())).isEqualTo(EventTimes.NONE);
  }

  private static List<InternalRow> decode(
      Duration watermark, EventTimes before, InternalRow... records) {
    return run(plan(Optional.of("t"), Optional.of(watermark)), before, List.of(records));
  }

  private static List<InternalRow> run(
      SourcePlan plan, EventTimes before, List<InternalRow> records) {
    List<InternalRow> rows = new ArrayList<>();
    new Decoding(plan, before, new DriftLog(), true)
        .call(records.iterator())
        .forEachRemaining(row -> rows.add(row.copy()));
    return rows;
  }

  private static SourcePlan plan(Optional<String> eventTime, Optional<Duration> watermark) {
    return plan(json(FormatDefinition.Layout.SINGLE), COLUMNS, eventTime, watermark);
  }

  private static FormatDefinition json(FormatDefinition.Layout layout) {
    return new FormatDefinition.Json(
        "s.avsc", UnknownFields.IGNORE, layout, FormatDefinition.Framing.NONE);
  }

  private static SourcePlan plan(
      FormatDefinition format,
      StructType columns,
      Optional<String> eventTime,
      Optional<Duration> watermark) {
    return new SourcePlan(
        Location.START,
        "s",
        new KafkaDefinition("topic", Start.EARLIEST),
        format,
        columns,
        eventTime,
        watermark);
  }

  /** Id or reason, offset, line and payload. */
  private static String shown(InternalRow row) {
    var source = row.getStruct(2, DecodedColumns.SOURCE_TYPE.length());
    return (row.isNullAt(3) ? row.getUTF8String(0) : row.getUTF8String(4))
        + "@"
        + source.getLong(2)
        + "."
        + (source.isNullAt(7) ? null : source.getInt(7))
        + " "
        + (source.isNullAt(6) ? null : new String(source.getBinary(6), UTF_8));
  }

  private static InternalRow record(int partition, long offset, Instant event, Instant arrival) {
    var json = "{\"id\": \"r" + offset + "\", \"t\": \"" + event + "\"}";
    return record(partition, offset, arrival, json.getBytes(UTF_8));
  }

  private static InternalRow record(int partition, long offset, Instant arrival, byte[] value) {
    return new GenericInternalRow(
        new Object[] {
          null, value, UTF8String.fromString("topic"), partition, offset, micros(arrival), 0, null
        });
  }

  private static String stage(InternalRow row) {
    return row.isNullAt(3) ? null : row.getUTF8String(3).toString();
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static DecodedCounts counted(List<InternalRow> rows, int source, int eventTime) {
    var counter = new DecodedCounts.Counter(source, eventTime, micros(NOON));
    rows.forEach(counter::count);
    DecodedCounts counts = counter.counts();
    assertThat(counts.ages().seconds(1, Instant.now()).isPresent())
        .isEqualTo(counts.accepted() > 0);
    return new DecodedCounts(
        counts.records(),
        counts.read(),
        counts.rejected(),
        counts.late(),
        counts.newestEventTimes(),
        EventAges.NONE);
  }
}
