/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.Parameters;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.shape.EntriesType;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.ListType;
import io.icestream.model.shape.Shape;
import io.icestream.model.shape.Type;
import io.icestream.model.shape.Variants;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation says is what the code does, as far as a test can tell. */
class DocsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path README = ROOT.resolve("README.md");
  private static final Path GUIDE = ROOT.resolve("docs/pipeline-file.md");
  private static final Path CONTRIBUTING = ROOT.resolve("CONTRIBUTING.md");
  private static final Path FUNCTIONS =
      ROOT.resolve("spark-jobs/src/main/resources/io/icestream/spark/transform/functions.txt");

  /** The variables of the documents. */
  private static final Parameters PARAMETERS =
      new Parameters(
          name -> Optional.of("test").filter(value -> name.equals("STAGE")),
          Map.of("watermark", "10m"));

  /** What a fragment leaves out. */
  private static final String REST =
      """
      version: 1
      name: fragment
      sources:
        readings:
          kafka: { topic: readings }
          format: { type: json, schema: reading.avsc }
          event_time: event_time
      sinks:
        iot.readings: { from: readings, mode: append }
      quarantine: { table: iot.quarantine }
      """;

  /** A block of YAML in a document. */
  private record Block(Path document, int line, String info, String text) {

    boolean isFragment() {
      return info.equals("yaml fragment");
    }

    @Override
    public String toString() {
      return document.getFileName() + ":" + line;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("yamlBlocks")
  void parsesEachYamlBlock(Block block) {
    // given
    String yaml = block.isFragment() ? completed(block.text()) : block.text();

    // when
    PipelineDefinition pipeline = parsed(block, yaml);

    // then
    assertThat(pipeline.sinks()).isNotEmpty();
  }

  @Test
  void refusesAWrongFragment() {
    // given
    String fragment =
        """
        sinks:
          iot.readings: { form: readings, mode: append }
        """;

    // when
    Throwable failure =
        Assertions.catchThrowable(() -> PipelineParser.parse(README, completed(fragment)));

    // then
    assertThat(failure).isInstanceOf(PipelineFileException.class).hasMessageContaining("'form'");
  }

  @Test
  void readmeShowsLinesOfTheExamplePipeline() throws IOException {
    // given
    List<String> shown = blocks(README).get(0).text().lines().toList();

    // when
    Deque<String> rest = new ArrayDeque<>(shown);
    for (String line : Files.readAllLines(ROOT.resolve("pipelines/iot-telemetry.yaml"))) {
      if (line.equals(rest.peek())) {
        rest.remove();
      }
    }

    // then
    assertThat(rest).as("lines that pipelines/iot-telemetry.yaml has not, in order").isEmpty();
  }

  @Test
  void guideNamesEachKeyOfTheParser() throws IOException {
    // given
    String guide = Files.readString(GUIDE);

    // when
    Set<String> keys = new TreeSet<>();
    collectKeys(PipelineShape.PIPELINE, keys);

    // then
    assertThat(keys)
        .contains("watermark", "partition_by", "writer_schema", "at_least", "given")
        .allSatisfy(key -> assertThat(guide).containsPattern("`(kafka\\.|format\\.)?" + key + "`"));
  }

  @Test
  void listOfFunctionsIsThatOfTheCheck() throws IOException {
    // given
    String document = Files.readString(ROOT.resolve("docs/sql-functions.md"));

    // when
    List<String> functions =
        Files.readAllLines(FUNCTIONS).stream()
            .takeWhile(line -> !line.equals("[groups]"))
            .filter(line -> !line.startsWith("#") && !line.startsWith("["))
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .filter(name -> !name.isEmpty())
            .toList();

    // then
    assertThat(functions)
        .contains("coalesce")
        .allSatisfy(function -> assertThat(document).contains("`" + function + "`"));
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    for (Path document : documents()) {
      matches("\\]\\(([^)\\s]+)\\)", withoutBlocks(document))
          .map(link -> link.group(1))
          .filter(link -> !link.startsWith("https://"))
          .forEach(link -> assertLeadsSomewhere(document, link));
    }
  }

  @Test
  void classesThatEnforceInvariantsExist() throws IOException {
    // given
    String contributing = Files.readString(CONTRIBUTING);
    String invariants = contributing.substring(contributing.indexOf("\n## Invariants"));

    // when
    List<String> named =
        matches("`([A-Z][a-z]\\w+)`", invariants).map(name -> name.group(1) + ".java").toList();

    // then
    assertThat(named).contains("Fence.java").isSubsetOf(sourceFiles());
  }

  @Test
  void eachInvariantSaysWhatEnforcesIt() throws IOException {
    // given
    String contributing = Files.readString(CONTRIBUTING);
    String invariants = contributing.substring(contributing.indexOf("\n## Invariants"));

    // when
    List<String> items =
        matches("(?ms)^\\d+\\. .*?(?=^\\d+\\. |^$|\\z)", invariants)
            .map(MatchResult::group)
            .toList();

    // then
    assertThat(items)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            item -> assertThat(item).containsPattern("Enforced\\s+by|[Nn]ot\\s+yet\\s+enforced"));
  }

  private static void collectKeys(Type<?> type, Set<String> keys) {
    if (type instanceof Shape shape) {
      for (Key<?> key : shape.keys()) {
        keys.add(key.name());
        collectKeys(key.type(), keys);
      }
    } else if (type instanceof Variants variants) {
      variants.shapes().values().forEach(shape -> collectKeys(shape, keys));
    } else if (type instanceof EntriesType<?> entries) {
      collectKeys(entries.value(), keys);
    } else if (type instanceof ListType<?> list) {
      collectKeys(list.item(), keys);
    }
  }

  static List<Block> yamlBlocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path document : documents()) {
      blocks.addAll(blocks(document));
    }
    return blocks;
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(README, CONTRIBUTING));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }

  private static List<Block> blocks(Path document) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(document);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```yaml")) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
        blocks.add(new Block(document, i + 1, lines.get(i).substring(3), text));
        i = end;
      }
    }
    return blocks;
  }

  private static PipelineDefinition parsed(Block block, String yaml) {
    return PipelineParser.parse(block.document(), yaml, PARAMETERS);
  }

  /** A fragment with the parts that it does not have. */
  private static String completed(String fragment) {
    Map<String, String> parts = topLevel(REST);
    parts.putAll(topLevel(fragment));
    return String.join("", parts.values());
  }

  /** The text of each key at the top level. */
  private static Map<String, String> topLevel(String yaml) {
    Map<String, String> parts = new LinkedHashMap<>();
    String key = "";
    for (String line : yaml.lines().toList()) {
      if (!line.startsWith(" ") && line.contains(":")) {
        key = line.substring(0, line.indexOf(':'));
      }
      parts.merge(key, line + "\n", String::concat);
    }
    return parts;
  }

  private static Stream<MatchResult> matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results();
  }

  private static String withoutBlocks(Path document) throws IOException {
    return Files.readString(document).replaceAll("(?ms)^```.*?^```$", "");
  }

  private static void assertLeadsSomewhere(Path document, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? document : document.resolveSibling(path);
    assertThat(target).as("%s in %s", link, document).exists();
    if (hash >= 0) {
      assertThat(anchors(target)).as("%s in %s", link, document).contains(link.substring(hash + 1));
    }
  }

  /** The anchors that GitHub gives the headings of a document. */
  private static List<String> anchors(Path document) {
    try {
      return matches("(?m)^#+ (.*)$", withoutBlocks(document))
          .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
          .map(title -> title.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> sourceFiles() throws IOException {
    Set<String> names = new HashSet<>();
    for (String module :
        List.of(
            "model",
            "spark-jobs",
            "producers",
            "controller",
            "localstack",
            "cli",
            "infra",
            "job")) {
      Files.walkFileTree(
          ROOT.resolve(module),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return folder.endsWith("target")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              names.add(file.getFileName().toString());
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return names;
  }
}
