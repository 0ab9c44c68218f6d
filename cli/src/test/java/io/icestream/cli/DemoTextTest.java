/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.demo.DemoPipeline;
import io.icestream.cli.demo.DemoProgress.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTextTest {
  private final StringWriter text = new StringWriter();
  private final DemoText progress = new DemoText(new PrintWriter(text));

  @Test
  void showsHowFarEachPipelineIs() {
    // given a pipeline that has committed half of its events
    State half = new State(2_000, 1_500, 1_000, 12);

    // when
    progress.moved(Map.of(DemoPipeline.IOT, half));

    // then
    assertThat(text.toString().strip())
        .isEqualTo(
            "iot-telemetry [##########..........] 1,500 produced, 1,000 committed, 12 quarantined");
  }

  @Test
  void staysQuietBetweenLinesWithoutATerminal() {
    // given a line that was just printed
    State state = new State(10, 5, 0, 0);
    progress.moved(Map.of(DemoPipeline.IOT, state));

    // when
    progress.moved(Map.of(DemoPipeline.IOT, state));

    // then
    assertThat(text.toString().lines()).hasSize(1);
  }
}
