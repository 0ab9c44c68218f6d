/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Runs other programs to their end. */
interface CommandRunner {

  /**
   * @param command the program, found on the path, and its arguments
   * @param limit after which it is ended
   * @param errors takes each line of its standard error as it comes
   * @return how it ended; {@link CommandOutcome#NOT_FOUND} if there is no such program
   * @throws StackException if it does not end within the limit, or this thread is interrupted
   */
  CommandOutcome run(List<String> command, Duration limit, Consumer<String> errors);
}
