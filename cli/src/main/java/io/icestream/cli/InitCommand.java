/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.model.PipelineFileException;
import io.icestream.model.parse.PipelineParser;
import io.icestream.model.parse.PipelineSchema;
import io.icestream.model.starter.StarterFile;
import io.icestream.model.starter.StarterFormat;
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
      "Never overwrites a pipeline or a schema."
    },
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

  /** Where editors find what a pipeline file may hold. */
  private static final String JSON_SCHEMA = "schemas/pipeline.schema.json";

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
      description = "What the records are: json, csv, text or avro (default: ${DEFAULT-VALUE})")
  private StarterFormat type;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where to write (default: the current directory)")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    Path pipeline = folder.resolve(name + ".yaml");
    Path schema = folder.resolve(StarterFile.SCHEMA_PATH);
    String text = StarterFile.text(name, type, JSON_SCHEMA);
    requireRight(pipeline, text);
    boolean sameSchema =
        Files.exists(schema) && Files.readString(schema).equals(StarterFile.schema());
    refuseToOverwrite(pipeline, Files.exists(pipeline));
    refuseToOverwrite(schema, Files.exists(schema) && !sameSchema);
    Files.createDirectories(schema.getParent());
    Files.writeString(schema, StarterFile.schema());
    Files.writeString(folder.resolve(JSON_SCHEMA), PipelineSchema.text());
    Files.writeString(pipeline, text, StandardOpenOption.CREATE_NEW);
    PrintWriter out = spec.commandLine().getOut();
    out.println(pipeline);
    out.println(schema);
    out.flush();
    spec.commandLine().getErr().println("Next: icestream test " + pipeline);
    return ExitCodes.OK;
  }

  private void refuseToOverwrite(Path file, boolean overwrites) {
    if (overwrites) {
      throw new ParameterException(
          spec.commandLine(), file + " is there already. Choose another NAME or --dir");
    }
  }

  /** The name is a part of the text that may be wrong. */
  private void requireRight(Path file, String text) {
    try {
      PipelineParser.parse(file, text);
    } catch (PipelineFileException e) {
      throw new ParameterException(
          spec.commandLine(),
          "NAME '" + name + "' cannot be a pipeline's: " + e.problems().get(0).message(),
          e);
    }
  }
}
