/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends a stack. */
@Command(
    name = "down",
    description = "End what up has started. Topics, tables and logs stay.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private HomeOption home;

  @Mixin private ProfileOption profile;

  @Override
  public Integer call() {
    BackgroundProbe.of(profile.get(), home.path())
        .ifPresent(probe -> probe.stop(spec.commandLine().getErr()::println));
    profile.get().stop(home.path(), spec.commandLine().getErr()::println);
    return ExitCodes.OK;
  }
}
