/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.icestream.producers.record.RecordClass;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IotSensorsTest {

  private final Drawn drawn = Drawn.from(200, s -> new IotSensors(s, Fleet.ofDefaultSize()));

  @Test
  void writesTwelveFieldsInAboutThreeHundredBytes() {
    // when
    var texts = drawn.texts(RecordClass.GOOD).toList();

    // then
    assertThat(texts)
        .allSatisfy(
            text -> {
              assertThat(text.length()).isBetween(250, 330);
              assertThat(JsonShape.parse(text).fieldNames())
                  .toIterable()
                  .containsExactly(
                      "event_id",
                      "device_id",
                      "event_time",
                      "sequence",
                      "temperature",
                      "humidity",
                      "pressure",
                      "vibration",
                      "battery",
                      "rssi",
                      "status",
                      "firmware");
            });
    assertThat(texts.stream().mapToInt(String::length).average().orElseThrow())
        .isBetween(275.0, 305.0);
  }

  @Test
  void keepsGoodReadingsInTheirRanges() {
    // when
    var readings = drawn.texts(RecordClass.GOOD).map(JsonShape::parse);

    // then
    assertThat(readings)
        .allSatisfy(
            reading -> {
              assertThat(reading.get("temperature").doubleValue()).isBetween(-20.0, 60.0);
              assertThat(reading.get("humidity").doubleValue()).isBetween(0.0, 100.0);
              assertThat(reading.get("pressure").doubleValue()).isBetween(950.0, 1100.0);
              assertThat(reading.get("vibration").isDouble()).isTrue();
              assertThat(reading.get("battery").doubleValue()).isBetween(0.0, 100.0);
              assertThat(reading.get("rssi").isInt()).isTrue();
              assertThat(reading.get("status").textValue()).isIn("ok", "warn", "maintenance");
            });
  }

  @Test
  void keysByDeviceAndReportsItsFirmware() {
    // given
    Map<String, Device> devices = new HashMap<>();
    Fleet.ofDefaultSize().devices().forEach(device -> devices.put(device.deviceId(), device));

    // when
    var good = drawn.records().stream().filter(r -> r.recordClass() == RecordClass.GOOD);

    // then
    assertThat(good)
        .allSatisfy(
            sent -> {
              JsonNode reading = JsonShape.parse(Drawn.text(sent));
              String id = reading.get("device_id").textValue();
              assertThat(new String(sent.key(), UTF_8)).isEqualTo(id);
              assertThat(reading.get("firmware").textValue()).isEqualTo(devices.get(id).firmware());
            });
  }

  @Test
  void givesEachReadingItsOwnId() {
    // when only duplicates repeat one
    var ids =
        drawn
            .texts(RecordClass.GOOD)
            .map(text -> JsonShape.parse(text).get("event_id").textValue());

    // then
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void timesGoodReadingsByTheirPlaceInTheRun() {
    // when
    var records = drawn.records();

    // then
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).recordClass() == RecordClass.GOOD) {
        assertThat(eventTime(Drawn.text(records.get(i)))).isEqualTo(drawn.nominal(i));
      }
    }
  }

  @Test
  void datesLateReadingsOneToSixHoursBack() {
    // when
    var records = drawn.records();

    // then
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).recordClass() == RecordClass.LATE) {
        Duration late = Duration.between(eventTime(Drawn.text(records.get(i))), drawn.nominal(i));
        assertThat(late).isBetween(Duration.ofHours(1), Duration.ofHours(6));
      }
    }
  }

  @Test
  void putsTemperaturesFarOutOfRange() {
    // when
    var temperatures =
        drawn
            .texts(RecordClass.OUT_OF_RANGE)
            .map(text -> JsonShape.parse(text).get("temperature").doubleValue())
            .toList();

    // then
    assertThat(temperatures).allMatch(t -> t < -100 || (t >= 400 && t <= 900));
    assertThat(temperatures).anyMatch(t -> t < -100).anyMatch(t -> t >= 400);
  }

  @Test
  void damagesMalformedReadingsBeyondDecoding() {
    // when
    var texts = drawn.texts(RecordClass.MALFORMED).toList();

    // then each is of one of the kinds, all of which come up
    assertThat(texts)
        .isNotEmpty()
        .noneMatch(text -> JsonShape.fits(text, "device_id", "temperature"));
    assertThat(texts)
        .anyMatch(text -> text.equals("{}"))
        .anyMatch(text -> text.startsWith("ERR "))
        .anyMatch(text -> text.contains("\"temperature\":\"hot\""))
        .anyMatch(text -> text.endsWith("}{\"eve"))
        .anyMatch(text -> text.startsWith("{\"") && !text.contains("}"));
  }

  private static Instant eventTime(String text) {
    String time = JsonShape.parse(text).get("event_time").textValue();
    assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    return Instant.parse(time);
  }
}
