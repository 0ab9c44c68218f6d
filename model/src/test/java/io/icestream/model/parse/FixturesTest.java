/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.icestream.model.Parameters;
import io.icestream.model.PipelineFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Files on which schema and parser agree, and files whose mistakes no schema can see. The first
 * line of a file that fails is a comment with a part of the parser's message.
 */
class FixturesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(PipelineSchema.text());
  private static final Parameters PARAMETERS =
      new Parameters(
          name -> Optional.of("iot.readings").filter(value -> name.equals("TOPIC")),
          Map.of(
              "late", "10m", "mode", "append", "rows", "5", "site", "o'hara", "wrong", "s3cret"));

  @ParameterizedTest(name = "{0}")
  @MethodSource("pass")
  void schemaAndParserAccept(Path fixture) throws IOException {
    assertThat(schemaErrors(fixture)).as("what the schema says").isEmpty();
    assertThat(parserErrors(fixture)).as("what the parser says").isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fail")
  void schemaAndParserRefuse(Path fixture) throws IOException {
    assertThat(schemaErrors(fixture)).as("what the schema says").isNotEmpty();
    assertThat(parserErrors(fixture)).as("what the parser says").contains(expected(fixture));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("semantic")
  void parserAloneRefuses(Path fixture) throws IOException {
    assertThat(schemaErrors(fixture)).as("what the schema says").isEmpty();
    assertThat(parserErrors(fixture)).as("what the parser says").contains(expected(fixture));
  }

  @Test
  void thereAreEnoughFixtures() throws IOException {
    assertThat(pass()).as("files that pass").hasSizeGreaterThanOrEqualTo(15);
    assertThat(fail()).as("files that fail").hasSizeGreaterThanOrEqualTo(30);
    assertThat(semantic()).as("files that the parser alone refuses").hasSizeGreaterThan(15);
  }

  static List<Path> pass() throws IOException {
    return Stream.concat(files(FIXTURES.resolve("pass")), files(Path.of("..", "pipelines")))
        .toList();
  }

  static List<Path> fail() throws IOException {
    return files(FIXTURES.resolve("fail")).toList();
  }

  static List<Path> semantic() throws IOException {
    return files(FIXTURES.resolve("semantic")).toList();
  }

  private static Stream<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  private static Set<ValidationMessage> schemaErrors(Path fixture) throws IOException {
    Object yaml =
        new Load(LoadSettings.builder().setAllowDuplicateKeys(true).build())
            .loadFromString(Files.readString(fixture));
    return SCHEMA.validate(JSON.<JsonNode>valueToTree(yaml));
  }

  private static String parserErrors(Path fixture) {
    var failure =
        catchThrowableOfType(
            PipelineFileException.class, () -> PipelineParser.read(fixture, PARAMETERS));
    return failure == null ? "" : failure.getMessage();
  }

  private static String expected(Path fixture) throws IOException {
    String first = Files.readAllLines(fixture).get(0);
    assertThat(first).as("the first line of %s", fixture).startsWith("# ");
    return first.substring(2);
  }
}
