/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.process.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tables are not Icestream's own: Trino reads what it writes, and it goes on with what Trino
 * changes. One pipeline lives through all of it, so the tests have an order.
 */
@ExtendWith(Sites.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class SecondEngineIT {
  private Site site;
  private Trino trino;
  private Icestream icestream;
  private Orders orders;
  private Path pipeline;

  @BeforeAll
  void start(Site site) throws InterruptedException, ExecutionException {
    this.site = site;
    trino = site.trino();
    icestream = new Icestream(site);
    orders = new Orders(site.servers().bootstrapServers());
    pipeline =
        Workspace.root().resolve("localstack/containers/src/test/resources/orders/orders.yaml");
    orders.createTopic();
  }

  @Test
  @Order(1)
  void readsEveryKindOfTable() {
    // given
    orders.send(300, "");

    // when
    drain();

    // then
    requireSameAnswers(Question.ALL);
    assertThat(number("SELECT count(*) FROM two.orders")).isEqualTo(orders.good());
  }

  @Test
  @Order(2)
  void readsAnEvolvedSchema() {
    // given
    orders.send(100, ",\"coupon\":\"spring\"");

    // when
    drain();

    // then
    requireSameAnswers(
        Stream.concat(
                Question.ALL.stream(),
                Stream.of("orders", "newest", "current", "history")
                    .map(
                        table ->
                            Question.same(
                                "SELECT coalesce(coupon, 'none'), count(*) FROM two."
                                    + table
                                    + " GROUP BY coupon ORDER BY 1")))
            .toList());
    assertThat(number("SELECT count(coupon) FROM two.orders")).isBetween(90L, 100L);
  }

  @Test
  @Order(3)
  void readsWhatEitherHasCompacted() {
    // given
    long files = number("SELECT count(*) FROM two.\"orders$files\"");

    // when
    List<List<List<String>>> unused =
        icestream.query(
            Stream.of("newest", "current", "history")
                .map(
                    table ->
                        "CALL lake.system.rewrite_data_files(table => 'two."
                            + table
                            + "', options => map('rewrite-all', 'true'))")
                .toList());
    trino.execute("ALTER TABLE two.orders EXECUTE optimize");

    // then
    assertThat(number("SELECT count(*) FROM two.\"orders$files\"")).isLessThan(files);
    requireSameAnswers(Question.ALL);
  }

  @Test
  @Order(4)
  void goesOnWithWhatTrinoHasChanged() {
    // given
    long before = number("SELECT count(*) FROM two.orders");
    long deleted = number("SELECT count(*) FROM two.orders WHERE id = 'o-03'");
    trino.execute("DELETE FROM two.orders WHERE id = 'o-03'");
    trino.execute("UPDATE two.newest SET note = 'by Trino' WHERE id IN ('o-05', 'o-06')");
    int good = orders.good();
    orders.send(100, "");

    // when
    drain();

    // then
    requireSameAnswers(Question.ALL);
    assertThat(deleted).as("rows that Trino has deleted").isPositive();
    assertThat(number("SELECT count(*) FROM two.orders"))
        .isEqualTo(before - deleted + orders.good() - good);
    site.command().run("ledger", pipeline, "--environment", site.environment()).succeeded();
  }

  @Test
  @Order(5)
  void readsFormerVersions() {
    // given
    List<String> snapshots =
        trino
            .query("SELECT snapshot_id FROM two.\"newest$snapshots\" ORDER BY committed_at")
            .rows()
            .stream()
            .map(row -> row.get(0))
            .toList();

    // then
    assertThat(snapshots).hasSizeGreaterThan(4);
    requireSameAnswers(
        snapshots.stream()
            .map(
                snapshot ->
                    new Question(
                        "SELECT count(*), sum(items), max(event_time) FROM two.newest"
                            + " VERSION AS OF "
                            + snapshot,
                        "SELECT count(*), sum(items), max(event_time) FROM two.newest"
                            + " FOR VERSION AS OF "
                            + snapshot))
            .toList());
  }

  private void requireSameAnswers(List<Question> questions) {
    List<List<List<String>>> answers =
        icestream.query(questions.stream().map(Question::spark).toList());
    for (int i = 0; i < questions.size(); i++) {
      Answer answer = trino.query(questions.get(i).trino());
      assertThat(answer.rows()).as(questions.get(i).trino()).isNotEmpty();
      assertThat(answer.read(answers.get(i)))
          .as("Spark's answer, compared with Trino's, to %s", questions.get(i).spark())
          .isEqualTo(answer.rows());
    }
  }

  private long number(String sql) {
    return Long.parseLong(trino.query(sql).rows().get(0).get(0));
  }

  /** In small batches, so that tables have a history. */
  private void drain() {
    site.command()
        .run(
            "run",
            pipeline,
            "--until-drained",
            "--max-offsets",
            100,
            "--environment",
            site.environment())
        .succeeded();
  }
}
