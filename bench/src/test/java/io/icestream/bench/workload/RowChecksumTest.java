/* SPDX-License-Identifier: MIT */
package io.icestream.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowChecksumTest {
  private static final RowShape SHAPE =
      new RowShape(
          List.of(
              new Column("name", ColumnType.STRING, true),
              new Column("count", ColumnType.LONG, false),
              new Column("at", ColumnType.TIMESTAMP, true)),
          "at");

  @Test
  void isTheSameInAnyOrderOfRows() {
    RowChecksum one = of(row("a", 1L), row("b", null), row("a", 1L));
    RowChecksum other = of(row("b", null), row("a", 1L), row("a", 1L));

    assertThat(other.difference(one)).isEmpty();
    assertThat(other.text()).isEqualTo(one.text());
    assertThat(other.rows()).isEqualTo(3);
  }

  @Test
  void namesTheColumnWhoseValuesDiffer() {
    assertThat(of(row("a", 1L), row("b", 2L)).difference(of(row("a", 1L), row("b", 3L))))
        .containsExactly("count");
  }

  @Test
  void noticesValuesThatHaveChangedTheirRows() {
    assertThat(of(row("a", 1L), row("b", 2L)).difference(of(row("a", 2L), row("b", 1L))))
        .containsExactly("pairing");
  }

  @Test
  void tellsNullFromZeroAndARowThatIsThereTwiceFromOne() {
    assertThat(of(row("a", null)).difference(of(row("a", 0L)))).containsExactly("count");
    assertThat(of(row("a", 1L), row("a", 1L)).difference(of(row("a", 1L)))).isNotEmpty();
  }

  @Test
  void isReadFromItsLine() {
    RowChecksum one = of(row("a", 1L), row("b", null));

    RowChecksum read = RowChecksum.parse(SHAPE, one.line());

    assertThat(read.difference(one)).isEmpty();
    assertThat(read.rows()).isEqualTo(2);
    assertThatThrownBy(() -> RowChecksum.parse(SHAPE, "1 2 3"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Object[] row(String name, Long count) {
    return new Object[] {name, count, 1_000_000L};
  }

  private static RowChecksum of(Object[]... rows) {
    RowChecksum checksum = new RowChecksum(SHAPE);
    for (Object[] row : rows) {
      checksum.add(row);
    }
    return checksum;
  }
}
