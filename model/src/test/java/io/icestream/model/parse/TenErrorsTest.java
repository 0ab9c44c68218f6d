/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.Location;
import io.icestream.model.Parameters;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten mistakes of ten kinds are found in one run, each at its place. */
class TenErrorsTest {
  /** Each mistake begins where the carets point, in the line above. */
  private static final String PLANTED =
      """
      version: 1
      name: shop_eu
            ^
      sources:
        orders:
          kafka: { topic: orders, start: newest }
                                         ^
          format: { type: text, regex: '(?P<id>\\w+' }
                                       ^
          event_tme: at
          ^
      lookups:
        customers: { table: ref.customers, columns: { id: strng } }
                                                          ^
      steps:
        clean:
          sql: SELECT * FROM orders
          expect_batch:
            filled: { measure: null_share, column: id, at_most: 5, else: warn }
                                                                ^
      sinks:
        shop.orders: { from: cleen, mode: append }
                             ^
        shop.stats: { from: clean, mode: upsert }
                                         ^
      quarantine: { table: shop.orders }
                           ^
      tests:
        - name: one row
          given: { customers: [ "id=1" ] }
                                ^
      """;

  @Test
  void areAllReportedAtTheirPlaces() {
    // given
    List<String> lines = PLANTED.lines().toList();
    String yaml = String.join("\n", lines.stream().filter(line -> !isMark(line)).toList());

    // when
    var failure =
        catchThrowableOfType(
            PipelineFileException.class,
            () ->
                PipelineParser.parse(
                    Path.of("p.yaml"), yaml, new Parameters(n -> Optional.empty(), Map.of())));

    // then
    assertThat(failure.problems()).extracting(Problem::location).isEqualTo(marks(lines));
    assertThat(failure.problems())
        .extracting(Problem::message)
        .satisfiesExactly(
            message -> assertThat(message).startsWith("'name' is 'shop_eu'. Use letters"),
            message -> assertThat(message).endsWith("is 'newest'. Allowed: earliest, latest."),
            message -> assertThat(message).contains("no regular expression of RE2"),
            message -> assertThat(message).contains("Did you mean 'event_time'?"),
            message -> assertThat(message).contains("the type 'strng', which SQL does not have"),
            message -> assertThat(message).endsWith("a number from 0 to 1, found '5'."),
            message -> assertThat(message).contains("Did you mean 'clean'? Allowed: clean,"),
            message -> assertThat(message).contains("mode upsert and no 'key'"),
            message -> assertThat(message).contains("'shop.orders', is a sink too"),
            message -> assertThat(message).startsWith("A row of lookup 'customers' has to be"));
  }

  private static List<Location> marks(List<String> lines) {
    List<Integer> marks =
        IntStream.range(0, lines.size()).filter(i -> isMark(lines.get(i))).boxed().toList();
    return IntStream.range(0, marks.size())
        .mapToObj(i -> new Location(marks.get(i) - i, lines.get(marks.get(i)).indexOf('^') + 1))
        .toList();
  }

  private static boolean isMark(String line) {
    return line.strip().equals("^");
  }
}
