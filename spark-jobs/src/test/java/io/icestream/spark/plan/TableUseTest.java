/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.Location;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Changes;
import io.icestream.model.SinkDefinition.Deletes;
import io.icestream.model.SinkDefinition.History;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.model.SinkDefinition.Route;
import io.icestream.model.SinkDefinition.Rows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableUseTest {
  private static final Location HERE = new Location(1, 1);

  @Test
  void saysEverythingThatGivesRowsTheirMeaning() {
    // when
    TableUse use = TableUse.of(changes(History.SCD2, List.of("b", "a")), Map.of("n", "count(1)"));

    // then
    assertThat(use.traits())
        .containsOnly(
            Map.entry("mode", "cdc"),
            Map.entry("key", "a, b"),
            Map.entry("order_by", "lsn"),
            Map.entry("deletes", "hard"),
            Map.entry("history", "scd2"),
            Map.entry("column n", "count(1)"));
  }

  @Test
  void isTheSameWhenItIsReadAgain() {
    // given
    TableUse use = TableUse.of(changes(History.SCD1, List.of("a")), Map.of("n", "max('it''s')"));

    // when, then
    assertThat(TableUse.read(use.json())).isEqualTo(use);
  }

  @Test
  void namesWhatChanges() {
    // given
    TableUse before = TableUse.of(changes(History.SCD1, List.of("a")), Map.of());
    TableUse after = TableUse.of(changes(History.SCD2, List.of("a")), Map.of("n", "count(1)"));

    // when, then
    assertThat(before.changesTo(after))
        .containsExactly(
            "column n was nothing, the file says count(1)", "history was scd1, the file says scd2");
    assertThat(before.changesTo(before)).isEmpty();
  }

  @Test
  void doesNotDependOnTheOrderOfTheKey() {
    // given
    TableUse one = TableUse.of(changes(History.SCD1, List.of("a", "b")), Map.of());
    TableUse other = TableUse.of(changes(History.SCD1, List.of("b", "a")), Map.of());

    // when, then
    assertThat(one.changesTo(other)).isEmpty();
  }

  @Test
  void namesTheColumnThatNamesTables() {
    // given
    SinkDefinition one = new SinkDefinition(HERE, "a.b", "rows", Mode.APPEND, List.of(), List.of());
    SinkDefinition routed =
        new SinkDefinition(
            HERE,
            "a.b",
            "rows",
            Rows.ACCEPTED,
            Mode.APPEND,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(new Route("tenant", 5)));

    // when, then
    assertThat(TableUse.of(one, Map.of()).changesTo(TableUse.of(routed, Map.of())))
        .containsExactly("route_by was nothing, the file says tenant");
  }

  private static SinkDefinition changes(History history, List<String> key) {
    return new SinkDefinition(
        HERE,
        "a.rows",
        "rows",
        Rows.ACCEPTED,
        Mode.CDC,
        List.of(),
        key,
        List.of("lsn"),
        Optional.of(new Changes("op", Deletes.HARD, history)),
        Optional.empty());
  }
}
