/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** In which way the AWS-shaped system is started. */
sealed interface StackChoice {

  /**
   * As containers.
   *
   * @param compose the command of Compose
   */
  record Containers(List<String> compose) implements StackChoice {}

  /**
   * As processes.
   *
   * @param python a Python that LocalStack runs on
   * @param why a sentence that says why it is not containers
   */
  record Processes(String python, String why) implements StackChoice {}

  /**
   * Chooses: containers where an engine answers, unless processes are wanted.
   *
   * @param processes whether processes are wanted, or run already
   * @param engine looks for an engine; not asked if processes are wanted
   * @param python looks for a Python; not asked if an engine answers
   * @throws StackException if neither is there
   */
  static StackChoice of(
      boolean processes, Supplier<ContainerEngine> engine, Supplier<Optional<String>> python) {
    if (processes) {
      return new Processes(
          python.get().orElseThrow(() -> new StackException(noPython())),
          "LocalStack and Kafka are processes, as asked for or as they run already");
    }
    ContainerEngine found = engine.get();
    if (found instanceof ContainerEngine.Ready ready) {
      return new Containers(ready.compose());
    }
    ContainerEngine.Unusable unusable = (ContainerEngine.Unusable) found;
    return new Processes(
        python
            .get()
            .orElseThrow(
                () ->
                    new StackException(
                        "No container engine can be used: "
                            + unusable.reason()
                            + ". "
                            + unusable.remedy()
                            + " Without one: "
                            + noPython())),
        "LocalStack and Kafka are processes, since " + unusable.reason());
  }

  private static String noPython() {
    return "LocalStack needs Python 3.12 or newer with venv, and no python3.13, python3.12 or python3"
        + " on the path is one; install it (Debian 13: apt install python3-venv; pyenv; uv), or"
        + " point ICESTREAM_PYTHON at one";
  }
}
