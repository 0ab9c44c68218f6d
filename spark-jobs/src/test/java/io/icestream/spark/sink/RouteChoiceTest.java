/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.sink.RouteChoice.Found;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RouteChoiceTest {
  private static final List<Found> FOUND =
      List.of(new Found("c", 3), new Found("a", 1), new Found("d", 4), new Found("b", 2));

  @Test
  void addsValuesInTheirOrderAsLongAsThereIsRoom() {
    // when
    var choice = RouteChoice.of(FOUND, Set.of("b"), 2, value -> false);

    // then
    assertThat(choice.added()).containsExactly("a", "c");
    assertThat(choice.rows())
        .containsExactly(Map.entry("a", 1L), Map.entry("b", 2L), Map.entry("c", 3L));
    assertThat(choice.written()).isEqualTo(6);
  }

  @Test
  void takesKnownValuesEvenIfThereAreTooMany() {
    // when
    var choice = RouteChoice.of(FOUND, Set.of("a", "b", "c", "d"), 0, value -> true);

    // then
    assertThat(choice.rows()).hasSize(4);
    assertThat(choice.added()).isEmpty();
  }

  @Test
  void leavesOutATableOfSomebodyElseAndGivesItsPlaceToTheNext() {
    // when
    var choice = RouteChoice.of(FOUND, Set.of(), 2, "c"::equals);

    // then
    assertThat(choice.added()).containsExactly("a", "d");
    assertThat(choice.taken()).containsExactly("c");
  }

  @Test
  void choosesTheSameOnceItsValuesAreKnown() {
    for (int room = 0; room <= 5; room++) {
      // given
      var first = RouteChoice.of(FOUND, Set.of("b"), room, value -> false);

      // when
      var known = new TreeSet<>(first.added());
      known.add("b");
      var again = RouteChoice.of(FOUND, known, room - first.added().size(), value -> false);

      // then
      assertThat(again.rows()).isEqualTo(first.rows());
      assertThat(again.added()).isEmpty();
    }
  }
}
