/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.plan.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @Test
  void fillsInWhatIsLeftOut() {
    // when
    var arguments = parse();

    // then
    assertThat(arguments.pipeline()).isEqualTo(Path.of("p.yaml"));
    assertThat(arguments.environment()).isEqualTo("e.properties");
    assertThat(arguments.pace()).isEqualTo(new Pace(Duration.ofSeconds(1), false, 100_000));
  }

  @Test
  void readsAllArgumentsInAnyOrder() {
    // when
    var arguments =
        Arguments.parse(
            List.of(
                "--max-offsets",
                "5",
                "--until-drained",
                "--environment",
                "e",
                "--trigger",
                "500ms",
                "--param",
                "stage=a=b",
                "--param",
                "empty=",
                "--pipeline",
                "p"));

    // then
    assertThat(arguments)
        .isEqualTo(
            new Arguments(
                Path.of("p"),
                "e",
                new Pace(Duration.ofMillis(500), true, 5),
                Map.of("stage", "a=b", "empty", "")));
  }

  @Test
  void doesNotShowWhatIsWrongWithAParameter() {
    assertThatThrownBy(() -> parse("--param", "s3cr3t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'--param' has to be NAME=VALUE. ")
        .hasMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "2s, PT2S", "1m, PT1M", "1h, PT1H", "0s, PT0S"})
  void readsTriggers(String text, Duration expected) {
    assertThat(parse("--trigger", text).pace().trigger()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--pipelin x; Unknown argument '--pipelin'.",
        "stray; Unknown argument 'stray'.",
        "--trigger; '--trigger' needs a value.",
        "--max-offsets ten; '--max-offsets' has to be a whole number, found 'ten'.",
        "--max-offsets 0; Offsets per batch have to be 1 or more, found 0",
        "--trigger 1x; '--trigger' has to be a duration such as 500ms, 2s or 1m, found '1x'.",
        "--trigger ms; '--trigger' has to be a duration such as 500ms, 2s or 1m, found 'ms'.",
        "--trigger -1s; Trigger has to be 0 or more, found PT-1S"
      })
  void refusesWhatItDoesNotUnderstand(String extra, String message) {
    assertThatThrownBy(() -> parse(extra.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesToStartWithoutPipelineOrEnvironment() {
    assertThatThrownBy(() -> Arguments.parse(List.of("--pipeline", "p.yaml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--pipeline and --environment are required. " + Arguments.USAGE);
    assertThatThrownBy(() -> Arguments.parse(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Arguments parse(String... extra) {
    List<String> arguments =
        new ArrayList<>(List.of("--pipeline", "p.yaml", "--environment", "e.properties"));
    arguments.addAll(Arrays.asList(extra));
    return Arguments.parse(arguments);
  }
}
