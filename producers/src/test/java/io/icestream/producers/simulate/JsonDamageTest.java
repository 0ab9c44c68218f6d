/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonDamageTest {

  private static final String EVENT = "{\"id\":\"a\",\"level\":1.5,\"place\":\"hall\"}";

  private final JsonDamage damage = new JsonDamage("level", "high");

  @ParameterizedTest
  @EnumSource
  void leavesNothingThatFits(JsonDamage.Kind kind) {
    // given
    var random = new SeededRandom(7);
    assertThat(JsonShape.fits(EVENT, "id", "level")).isTrue();

    for (int i = 0; i < 200; i++) {
      // when
      String damaged = new String(damage.damage(EVENT.getBytes(UTF_8), kind, random), UTF_8);

      // then
      assertThat(JsonShape.fits(damaged, "id", "level")).as(damaged).isFalse();
    }
  }
}
