/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a pipeline to start from. */
@Command(
    name = "init",
    description = {
      "Write a pipeline file with comments, its schema and a test, to start from.",
      "Never overwrites a file."
    },
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      defaultValue = "my-pipeline",
      description = "The pipeline's name: letters, digits, dashes (default: ${DEFAULT-VALUE})")
  private String name;

  @Option(
      names = "--format-type",
      paramLabel = "TYPE",
      defaultValue = "json",
      description = "What the records are: json or csv (default: ${DEFAULT-VALUE})")
  private StarterText type;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where to write (default: the current directory)")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    if (!name.matches("[A-Za-z][A-Za-z0-9-]{0,62}")) {
      throw new ParameterException(
          spec.commandLine(),
          "NAME has to be letters, digits and dashes, a letter first; found '" + name + "'");
    }
    Path pipeline = folder.resolve(name + ".yaml");
    Path schema = folder.resolve("schemas").resolve(StarterText.sqlName(name) + ".avsc");
    for (Path file : new Path[] {pipeline, schema}) {
      if (Files.exists(file)) {
        throw new ParameterException(
            spec.commandLine(), file + " is there already. Choose another NAME or --dir");
      }
    }
    Files.createDirectories(schema.getParent());
    Files.writeString(schema, type.schema(), StandardOpenOption.CREATE_NEW);
    Files.writeString(pipeline, type.pipeline(name), StandardOpenOption.CREATE_NEW);
    PrintWriter out = spec.commandLine().getOut();
    out.println(pipeline);
    out.println(schema);
    out.flush();
    spec.commandLine().getErr().println("Next: icestream test " + pipeline);
    return ExitCodes.OK;
  }
}
