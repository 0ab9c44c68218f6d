/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StackChoiceTest {

  private static final ContainerEngine READY = new ContainerEngine.Ready(List.of("docker-compose"));
  private static final ContainerEngine NOT_STARTED =
      new ContainerEngine.Unusable("no engine answers to 'docker version'", "Start it.");

  @Test
  void takesContainersWhereAnEngineAnswersWithoutLookingForPython() {
    // when
    StackChoice choice = StackChoice.of(false, () -> READY, notAsked());

    // then
    assertThat(choice).isEqualTo(new StackChoice.Containers(List.of("docker-compose")));
  }

  @Test
  void takesProcessesWithoutAnEngineAndSaysWhy() {
    // when
    StackChoice choice = StackChoice.of(false, () -> NOT_STARTED, () -> Optional.of("python3.13"));

    // then
    assertThat(choice)
        .isEqualTo(
            new StackChoice.Processes(
                "python3.13",
                "LocalStack and Kafka are processes, since no engine answers to 'docker version'"));
  }

  @Test
  void takesProcessesWhereTheyAreWantedWithoutLookingForAnEngine() {
    // when
    StackChoice choice = StackChoice.of(true, notAsked(), () -> Optional.of("python3.12"));

    // then
    assertThat(choice)
        .isInstanceOfSatisfying(
            StackChoice.Processes.class,
            processes -> assertThat(processes.python()).isEqualTo("python3.12"));
  }

  @Test
  void namesBothRemediesWhereThereIsNeither() {
    assertThatThrownBy(() -> StackChoice.of(false, () -> NOT_STARTED, Optional::empty))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith(
            "No container engine can be used: no engine answers to 'docker version'. Start it."
                + " Without one: LocalStack needs Python 3.12 or newer")
        .hasMessageContaining("ICESTREAM_PYTHON");
  }

  private static <T> Supplier<T> notAsked() {
    return () -> {
      throw new AssertionError("asked");
    };
  }
}
