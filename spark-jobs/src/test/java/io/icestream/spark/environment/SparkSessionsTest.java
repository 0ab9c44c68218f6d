/* SPDX-License-Identifier: MIT */
package io.icestream.spark.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.commit.FencedCatalog;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkSessionsTest {

  @Test
  void putsTheCatalogBehindTheFence() {
    // given
    var environment = environment(Map.of());

    // when
    var settings = SparkSessions.settings(environment);

    // then
    assertThat(settings)
        .containsEntry("spark.sql.catalog.ice", FencedCatalog.class.getName())
        .containsEntry("spark.sql.catalog.ice.type", "hadoop")
        .containsEntry("spark.sql.catalog.ice.cache-enabled", "false")
        .containsEntry("spark.sql.defaultCatalog", "ice")
        .containsEntry("spark.sql.session.timeZone", "UTC")
        .containsEntry("spark.sql.runSQLOnFiles", "false");
  }

  @Test
  void runsInThisProcessWhereNobodySubmittedIt() {
    assertThat(SparkSessions.settings(environment(Map.of())))
        .containsEntry("spark.master", "local[*]")
        .containsEntry("spark.driver.bindAddress", "127.0.0.1")
        .containsEntry("spark.ui.enabled", "false");
  }

  @Test
  void letsTheEnvironmentWin() {
    assertThat(SparkSessions.settings(environment(Map.of("spark.master", "local[1]"))))
        .containsEntry("spark.master", "local[1]");
  }

  private static Environment environment(Map<String, String> spark) {
    return new Environment(Map.of(), "ice", Map.of("type", "hadoop"), "/c", spark);
  }
}
