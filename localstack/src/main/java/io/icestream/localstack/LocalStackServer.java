/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * LocalStack as a process of this machine. Its settings are variables.
 *
 * @param python the interpreter of the virtual environment that has LocalStack
 */
record LocalStackServer(Path python) implements ServerProgram {

  @Override
  public void require() {
    if (!Files.isExecutable(python)) {
      throw new StackException(
          "LocalStack is not installed: no "
              + python
              + "; run `icestream up --profile localstack`, which installs it");
    }
  }

  @Override
  public List<String> command() {
    return List.of(python.toString(), "-m", "localstack.runtime.main");
  }

  @Override
  public Map<String, String> variables(Map<String, String> settings) {
    return settings;
  }
}
