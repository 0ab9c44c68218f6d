/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.model.Parameters;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.parse.PipelineParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The parameters of a pipeline file. Its environment variables are those of the process. */
final class ParamOption {

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = {
        "A parameter of the pipeline file; may be given several times.",
        "Others can see it in the list of processes: a secret belongs into an environment variable."
      })
  private Map<String, String> values = new LinkedHashMap<>();

  /**
   * Reads a pipeline file.
   *
   * @throws PipelineFileException if it is wrong, or needs a parameter that is not given
   */
  PipelineDefinition read(Path file) {
    return PipelineParser.read(file, Parameters.ofProcess(values));
  }

  /** The same as arguments of the streaming application. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    values.forEach((name, value) -> arguments.addAll(List.of("--param", name + "=" + value)));
    return arguments;
  }
}
