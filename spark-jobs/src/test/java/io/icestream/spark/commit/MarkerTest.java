/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.decode.EventTimes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.junit.jupiter.api.Test;

class MarkerTest {
  private static final Marker MARKER =
      new Marker(
          Markers.at(5, 0, 7),
          Markers.at(9, 1, 7),
          42,
          "1.2.3",
          new Ledger(5, 5, 1, 1, 1, 0, 1, 1),
          EventTimes.NONE,
          new EventTimes(new TreeMap<>(Map.of(0, 1_767_225_600_000_000L, 2, -1L))),
          Map.of("devices", 8_271_638_172_635L),
          Map.of("enriched.in_range", 2L),
          new Origin("cluster", "query", 3, "abc", 1_767_225_600_000L, "rules", "commit"),
          4);

  @Test
  void comesBackFromASummary() {
    // given
    var summary = MARKER.summary("iot-telemetry", "iot.readings");

    // when
    var read = newest(List.of(new FakeSnapshot(summary)), "iot-telemetry", "iot.readings");

    // then
    assertThat(read).contains(MARKER);
  }

  @Test
  void isReadableByPeople() {
    assertThat(MARKER.summary("p", "ns.t"))
        .containsExactly(
            Map.entry(
                "icestream.p.ns.t.from",
                "{\"topic_id\":\"topic-id\",\"partitions\":{\"0\":5,\"2\":7}}"),
            Map.entry(
                "icestream.p.ns.t.to",
                "{\"topic_id\":\"topic-id\",\"partitions\":{\"0\":9,\"1\":1,\"2\":7}}"),
            Map.entry("icestream.p.ns.t.batch", "42"),
            Map.entry("icestream.p.ns.t.version", "1.2.3"),
            Map.entry(
                "icestream.p.ns.t.ledger",
                "{\"offsets\":5,\"read\":5,\"written\":1,\"updated\":1,\"filtered\":1,"
                    + "\"deduplicated\":0,\"quarantined\":1,\"late\":1}"),
            Map.entry("icestream.p.ns.t.event-times-before", "{}"),
            Map.entry("icestream.p.ns.t.event-times-after", "{\"0\":1767225600000000,\"2\":-1}"),
            Map.entry("icestream.p.ns.t.lookups", "{\"devices\":8271638172635}"),
            Map.entry("icestream.p.ns.t.expectations", "{\"enriched.in_range\":2}"),
            Map.entry(
                "icestream.p.ns.t.origin",
                "{\"cluster\":\"cluster\",\"query\":\"query\",\"epoch\":3,\"schema\":\"abc\","
                    + "\"time\":1767225600000,\"rules\":\"rules\",\"commit\":\"commit\"}"),
            Map.entry("icestream.p.ns.t.gap", "4"));
  }

  @Test
  void saysNothingOfExpectationsThatAreAllMet() {
    // given
    var met = Markers.marker(Markers.at(5), Markers.at(9));

    // when
    var summary = met.summary("p", "ns.t");

    // then
    assertThat(summary).doesNotContainKey("icestream.p.ns.t.expectations");
    assertThat(newest(List.of(new FakeSnapshot(summary)), "p", "ns.t"))
        .as("as markers of older versions are")
        .contains(met);
  }

  @Test
  void theNewestSnapshotThatHasOneDecides() {
    // given
    List<Snapshot> newestFirst =
        List.of(
            new FakeSnapshot(Map.of("engine-name", "compaction")),
            new FakeSnapshot(Markers.marker(Markers.at(5), Markers.at(9)).summary("p", "ns.t")),
            new FakeSnapshot(Markers.marker(Markers.at(0), Markers.at(5)).summary("p", "ns.t")));

    // when
    var newest = newest(newestFirst, "p", "ns.t");

    // then
    assertThat(newest).map(Marker::to).contains(Markers.at(9));
  }

  @Test
  void doesNotTakeTheMarkerOfAnotherPipelineOrSink() {
    // given
    List<Snapshot> snapshots = List.of(new FakeSnapshot(MARKER.summary("p", "ns.t")));

    // when, then
    assertThat(newest(snapshots, "q", "ns.t")).isEmpty();
    assertThat(newest(snapshots, "p", "ns.u")).isEmpty();
    assertThat(newest(List.of(), "p", "ns.t")).isEmpty();
  }

  @Test
  void readsWhatALaterVersionHasWritten() {
    // given
    Map<String, String> summary = new TreeMap<>(MARKER.summary("p", "ns.t"));
    summary.replaceAll((name, json) -> json.replaceFirst("^\\{\"", "{\"colour\":\"red\",\""));
    for (String map :
        List.of("event-times-before", "event-times-after", "lookups", "expectations")) {
      summary.put(
          "icestream.p.ns.t." + map, MARKER.summary("p", "ns.t").get("icestream.p.ns.t." + map));
    }

    // when, then
    assertThat(newest(List.of(new FakeSnapshot(summary)), "p", "ns.t")).contains(MARKER);
  }

  @Test
  void refusesAMarkerThatIsDamaged() {
    // given
    Map<String, String> summary = new TreeMap<>(MARKER.summary("p", "ns.t"));
    summary.put("icestream.p.ns.t.to", "{oops");

    // when, then
    assertThatThrownBy(() -> newest(List.of(new FakeSnapshot(summary)), "p", "ns.t"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The marker icestream.p.ns.t. cannot be read");
  }

  private static Optional<Marker> newest(List<Snapshot> snapshots, String pipeline, String sink) {
    return Marker.newest(new TableHistory(snapshots, Map.of()), pipeline, sink);
  }
}
