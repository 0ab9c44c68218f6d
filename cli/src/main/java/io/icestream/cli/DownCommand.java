/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.localstack.EmbeddedStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends the embedded stack. */
@Command(
    name = "down",
    description = "End what up has started. Topics, tables and logs stay.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private HomeOption home;

  @Override
  public Integer call() {
    EmbeddedStack.stop(home.path(), spec.commandLine().getErr()::println);
    return ExitCodes.OK;
  }
}
