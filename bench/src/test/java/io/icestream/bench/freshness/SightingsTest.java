/* SPDX-License-Identifier: MIT */
package io.icestream.bench.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SightingsTest {

  @Test
  void tellsWhenARecordWasFirstSeen() {
    Sightings sightings = new Sightings();
    sightings.add(100, Map.of(0, 10L));
    sightings.add(200, Map.of(0, 10L, 1, 5L));
    sightings.add(300, Map.of(0, 20L, 1, 6L));

    assertThat(sightings.of(0, 0)).hasValue(100);
    assertThat(sightings.of(0, 9)).hasValue(100);
    assertThat(sightings.of(0, 10)).hasValue(300);
    assertThat(sightings.of(1, 4)).hasValue(200);
    assertThat(sightings.of(1, 5)).hasValue(300);
    assertThat(sightings.of(1, 6)).isEmpty();
    assertThat(sightings.of(2, 0)).isEmpty();
  }

  @Test
  void tellsTheLagThatSoManyDoNotExceed() {
    Lags lags = new Lags();
    for (int lag = 1000; lag >= 1; lag--) {
      lags.add(lag);
    }

    assertThat(lags.atMost(500)).isEqualTo(500);
    assertThat(lags.atMost(990)).isEqualTo(990);
    assertThat(lags.atMost(1000)).isEqualTo(1000);
    assertThat(lags.atMost(1)).isEqualTo(1);
  }
}
