/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {

  @Test
  void namesTheNearestAndAllAllowedNames() {
    assertThat(Suggestion.of("formt", List.of("kafka", "format")))
        .isEqualTo("Did you mean 'format'? Allowed: kafka, format.");
  }

  @Test
  void namesNoneThatIsTooFarAway() {
    assertThat(Suggestion.of("elephant", List.of("kafka", "format")))
        .isEqualTo("Allowed: kafka, format.");
  }

  @Test
  void saysWhenThereIsNothingToChooseFrom() {
    assertThat(Suggestion.of("x", List.of())).isEqualTo("Allowed: none.");
  }

  @Test
  void allowsOneWrongLetterInAShortName() {
    assertThat(Suggestion.nearest("ky", List.of("key"))).contains("key");
    assertThat(Suggestion.nearest("xy", List.of("key"))).isEmpty();
  }

  @Test
  void allowsAThirdOfTheLettersInALongName() {
    assertThat(Suggestion.nearest("waterline", List.of("watermark"))).isEmpty();
    assertThat(Suggestion.nearest("watermrak", List.of("watermark"))).contains("watermark");
  }

  @Test
  void countsInsertedAndRemovedLetters() {
    assertThat(Suggestion.nearest("eventtime", List.of("event_time"))).contains("event_time");
    assertThat(Suggestion.nearest("even_t_time", List.of("event_time"))).contains("event_time");
  }

  @Test
  void countsTwoSwappedLettersAsOneMistake() {
    assertThat(Suggestion.nearest("strat", List.of("topic", "start"))).contains("start");
    assertThat(Suggestion.nearest("tabel", List.of("table"))).contains("table");
    assertThat(Suggestion.nearest("form", List.of("key", "from"))).contains("from");
  }

  @Test
  void doesNotMindUpperCase() {
    assertThat(Suggestion.nearest("APPEND", List.of("append", "upsert"))).contains("append");
  }

  @Test
  void takesTheFirstOfEquallyNearNames() {
    assertThat(Suggestion.nearest("cat", List.of("bat", "hat"))).contains("bat");
  }
}
