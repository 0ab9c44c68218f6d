/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Provides what the example pipelines need, anywhere. */
@Command(
    name = "examples",
    description = {
      "Create the topics and the lookup table of the example pipelines where they are absent.",
      "'up' does so by itself."
    },
    mixinStandardHelpOptions = true)
final class ExamplesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Override
  public Integer call() {
    ExampleData.provide(environment.read(), spec.commandLine().getErr()::println);
    return ExitCodes.OK;
  }
}
