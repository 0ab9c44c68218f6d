/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Programs that answer by the beginning of their command; what is not scripted is not there. */
final class FakeRunner implements CommandRunner {

  private final Map<String, CommandOutcome> answers = new LinkedHashMap<>();
  private final List<String> commands = new ArrayList<>();

  /** Lets commands that begin so succeed with this output. */
  FakeRunner answer(String beginning, String... output) {
    answers.put(beginning, new CommandOutcome(0, List.of(output)));
    return this;
  }

  FakeRunner fail(String beginning) {
    answers.put(beginning, new CommandOutcome(1, List.of()));
    return this;
  }

  /** What was run, in its order. */
  synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  @Override
  public synchronized CommandOutcome run(
      List<String> command, Duration limit, Consumer<String> errors) {
    String line = String.join(" ", command);
    commands.add(line);
    CommandOutcome found = CommandOutcome.NOT_FOUND;
    int length = -1;
    for (Map.Entry<String, CommandOutcome> answer : answers.entrySet()) {
      if (line.startsWith(answer.getKey()) && answer.getKey().length() > length) {
        found = answer.getValue();
        length = answer.getKey().length();
      }
    }
    return found;
  }
}
