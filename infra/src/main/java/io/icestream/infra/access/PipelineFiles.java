/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import io.icestream.model.FormatDefinition;
import io.icestream.model.PipelineDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files that a pipeline is made of.
 *
 * @param folder the folder of the pipeline file
 * @param paths the pipeline file and its schemas, relative to the folder, with slashes
 */
public record PipelineFiles(Path folder, SortedSet<String> paths) {
  /**
   * The files of a pipeline.
   *
   * @throws UnfitPipelineException if a schema does not exist or is outside of the folder
   */
  public static PipelineFiles of(PipelineDefinition pipeline) {
    Path folder = pipeline.file().toAbsolutePath().normalize().getParent();
    SortedSet<String> paths = new TreeSet<>();
    paths.add(pipeline.file().getFileName().toString());
    pipeline.sources().values().stream()
        .flatMap(source -> schemas(source.format()))
        .forEach(
            schema -> {
              Path file = pipeline.resolve(schema);
              if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                throw new UnfitPipelineException(
                    pipeline.file(),
                    "Schema '"
                        + schema
                        + "' is no file below the folder of the pipeline file. Put it there: both are"
                        + " deployed together.");
              }
              paths.add(relative(folder, file));
              if (schema.endsWith(".proto")) {
                addImports(folder, file, paths);
              }
            });
    return new PipelineFiles(folder, paths);
  }

  /**
   * Imports are looked for below the schema's folder; which of them are needed only a compiler
   * knows.
   */
  private static void addImports(Path folder, Path schema, SortedSet<String> paths) {
    try (Stream<Path> files = Files.walk(schema.getParent())) {
      files
          .filter(file -> file.getFileName().toString().endsWith(".proto"))
          .forEach(file -> paths.add(relative(folder, file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static Stream<String> schemas(FormatDefinition format) {
    if (format instanceof FormatDefinition.Json json) {
      return Stream.of(json.schema());
    }
    if (format instanceof FormatDefinition.Avro avro) {
      return Stream.concat(Stream.of(avro.schema()), avro.writerSchema().stream());
    }
    if (format instanceof FormatDefinition.Protobuf protobuf) {
      return Stream.of(protobuf.schema());
    }
    if (format instanceof FormatDefinition.Csv csv) {
      return Stream.of(csv.schema());
    }
    if (format instanceof FormatDefinition.Text text) {
      return text.schema().stream();
    }
    if (format instanceof FormatDefinition.Debezium debezium) {
      return Stream.of(debezium.schema());
    }
    return Optional.<String>empty().stream();
  }
}
