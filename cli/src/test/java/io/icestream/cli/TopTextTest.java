/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.live.TableRow;
import io.icestream.cli.live.TableRow.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of {@code top}. */
class TopTextTest {

  @Test
  void putsNumbersFlushRightAndFitsATerminalOf80Columns() {
    // given
    List<TableRow> rows =
        List.of(
            new TableRow(
                "iot-telemetry", "iot.minute_stats", State.RUNNING, 12_345, 99, 0, 0, 12, 4),
            new TableRow("web-logs", "web.requests", State.DEAD, 0, 0, 1_234_567, 3_725, 0, -1));

    // when
    String text = printed(rows);

    // then
    assertThat(text)
        .isEqualTo(
            """
            PIPELINE      TABLE            STATE    IN/S OUT/S  LAG FRESH QUARANT FILES
            iot-telemetry iot.minute_stats running 12.3k    99    0    0s      12     4
            web-logs      web.requests     dead        0     0 1.2M  1h2m       0     -
            """);
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void saysThatThereIsNothingYet() {
    assertThat(printed(List.of())).contains("No pipeline has committed");
  }

  private static String printed(List<TableRow> rows) {
    StringWriter text = new StringWriter();
    TopText.print(rows, new PrintWriter(text, true));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
