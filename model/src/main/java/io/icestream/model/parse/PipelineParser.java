/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.BatchExpectation;
import io.icestream.model.BatchMeasure;
import io.icestream.model.Expectation;
import io.icestream.model.FormatDefinition;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.Location;
import io.icestream.model.LookupDefinition;
import io.icestream.model.PartitionTransform;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.PipelineTest;
import io.icestream.model.Problem;
import io.icestream.model.QuarantineDefinition;
import io.icestream.model.ReadableSteps;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SourceDefinition;
import io.icestream.model.StepDefinition;
import io.icestream.model.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a pipeline file; stateless between files. */
public final class PipelineParser {
  private static final LoadSettings YAML =
      LoadSettings.builder()
          .setAllowDuplicateKeys(true) // reported by Mapping, with the others
          .setMaxAliasesForCollections(0)
          .setCodePointLimit(1 << 20)
          .build();

  private static final List<String> FORMATS =
      List.of("json", "avro", "protobuf", "csv", "text", "debezium", "raw");
  private static final List<String> MEASURES =
      List.of("row_count", "null_share", "distinct_share", "freshness");

  private final Path file;
  private final Problems problems = new Problems();

  /** Names that a sink may take rows from, including those whose definition is wrong. */
  private final Set<String> origins = new LinkedHashSet<>();

  private PipelineParser(Path file) {
    this.file = file;
  }

  /**
   * Reads and checks a pipeline file as far as it can be checked without Spark.
   *
   * @param file a YAML file in UTF-8
   * @return the definition
   * @throws PipelineFileException if the file is absent, not YAML, or breaks a rule; it carries all
   *     problems that were found
   */
  public static PipelineDefinition read(Path file) {
    String yaml;
    try {
      yaml = Files.readString(file);
    } catch (IOException e) {
      String reason =
          Files.isDirectory(file)
              ? "is a folder, not a file"
              : Files.exists(file)
                  ? "cannot be read as UTF-8 text: " + e.getMessage()
                  : "does not exist";
      throw new PipelineFileException(
          file,
          List.of(
              new Problem(
                  Location.START,
                  "The pipeline file " + reason + ". Give the path of a YAML file.")));
    }
    return parse(file, yaml);
  }

  /** As {@link #read}, for text that is at hand. */
  public static PipelineDefinition parse(Path file, String yaml) {
    PipelineParser parser = new PipelineParser(file);
    Optional<PipelineDefinition> definition = parser.compose(yaml).flatMap(parser::pipeline);
    definition.ifPresent(d -> PipelineValidator.validate(d, parser.origins, parser.problems));
    if (!parser.problems.isEmpty()) {
      throw new PipelineFileException(
          file, parser.problems.inFileOrder(), definition.map(parser::readableSteps));
    }
    return definition.orElseThrow();
  }

  private ReadableSteps readableSteps(PipelineDefinition definition) {
    Set<String> names = new HashSet<>(origins);
    names.addAll(definition.lookups().keySet());
    return new ReadableSteps(definition.steps(), names);
  }

  private Optional<Node> compose(String yaml) {
    try {
      Optional<Node> root = new Compose(YAML).composeString(yaml);
      if (root.isEmpty()) {
        problems.add(Location.START, "The pipeline file is empty. Start it with 'version: 1'.");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      problems.add(
          e.getProblemMark().map(Problems::location).orElse(Location.START),
          "Not valid YAML: " + e.getProblem() + ".");
      return Optional.empty();
    } catch (YamlEngineException e) {
      String reason = e.getMessage().lines().findFirst().orElse("");
      problems.add(Location.START, "Not valid YAML: " + reason + ".");
      return Optional.empty();
    }
  }

  private Optional<PipelineDefinition> pipeline(Node root) {
    return Mapping.of(root, "the pipeline file", problems)
        .map(
            top -> {
              top.allow(
                  "version", "name", "sources", "lookups", "steps", "sinks", "quarantine", "tests");
              String version = top.requiredText("version");
              if (!version.isEmpty() && !version.equals("1")) {
                problems.add(
                    top.location("version"), "'version' is '" + version + "'. Allowed: 1.");
              }
              for (String required : List.of("sources", "sinks")) {
                if (!top.hasEntries(required)) {
                  problems.add(
                      top.location(required), "'" + required + "' is missing or empty. Add one.");
                }
              }
              origins.addAll(top.names("steps"));
              origins.addAll(top.names("sources"));
              return new PipelineDefinition(
                  file,
                  top.requiredText("name"),
                  top.entries("sources", "source", (name, m) -> source(m)),
                  top.entries("lookups", "lookup", (name, m) -> Optional.of(lookup(m))),
                  top.entries("steps", "step", (name, m) -> Optional.of(step(m))),
                  top.entries("sinks", "sink", this::sink),
                  top.requiredChild("quarantine")
                      .map(this::quarantine)
                      .orElse(new QuarantineDefinition(top.location(), "")),
                  top.items("tests", "test", this::test));
            });
  }

  private Optional<SourceDefinition> source(Mapping m) {
    m.allow("kafka", "format", "event_time", "watermark");
    Optional<KafkaDefinition> kafka = m.requiredChild("kafka").map(this::kafka);
    Optional<FormatDefinition> format = m.requiredChild("format").flatMap(this::format);
    Optional<String> eventTime = m.text("event_time");
    Optional<Duration> watermark = m.duration("watermark");
    if (watermark.isPresent() && eventTime.isEmpty()) {
      problems.add(
          m.location("watermark"),
          "'watermark' needs 'event_time': the column that tells how old a row is. Add it.");
    }
    return kafka.flatMap(
        k -> format.map(f -> new SourceDefinition(m.location(), k, f, eventTime, watermark)));
  }

  private KafkaDefinition kafka(Mapping m) {
    m.allow("topic", "start");
    return new KafkaDefinition(
        m.requiredText("topic"),
        m.choice("start", KafkaDefinition.Start.class, KafkaDefinition.Start.EARLIEST));
  }

  private Optional<FormatDefinition> format(Mapping m) {
    String type = m.requiredText("type");
    return switch (type) {
      case "json" -> {
        m.allow("type", "schema", "unknown_fields", "layout", "framing");
        yield Optional.of(
            new FormatDefinition.Json(
                m.requiredText("schema"),
                unknownFields(m),
                m.choice("layout", FormatDefinition.Layout.class, FormatDefinition.Layout.SINGLE),
                framing(m)));
      }
      case "avro" -> {
        m.allow("type", "schema", "writer_schema", "unknown_fields", "framing");
        yield Optional.of(
            new FormatDefinition.Avro(
                m.requiredText("schema"), m.text("writer_schema"), unknownFields(m), framing(m)));
      }
      case "protobuf" -> {
        m.allow("type", "schema", "message", "unknown_fields", "framing");
        yield Optional.of(
            new FormatDefinition.Protobuf(
                m.requiredText("schema"), m.text("message"), unknownFields(m), framing(m)));
      }
      case "csv" -> {
        m.allow("type", "schema", "delimiter", "header");
        yield Optional.of(
            new FormatDefinition.Csv(m.requiredText("schema"), delimiter(m), m.texts("header")));
      }
      case "text" -> {
        m.allow("type", "pattern", "regex", "schema");
        yield text(m);
      }
      case "debezium" -> {
        m.allow("type", "schema", "unknown_fields");
        yield Optional.of(
            new FormatDefinition.Debezium(m.requiredText("schema"), unknownFields(m)));
      }
      case "raw" -> {
        m.allow("type", "as");
        yield Optional.of(
            new FormatDefinition.Raw(
                m.choice("as", FormatDefinition.Encoding.class, FormatDefinition.Encoding.BYTES)));
      }
      case "" -> Optional.empty();
      default -> {
        problems.add(
            m.location("type"),
            "'type' of 'format' is '" + type + "'. " + Suggestion.of(type, FORMATS));
        yield Optional.empty();
      }
    };
  }

  private static FormatDefinition.UnknownFields unknownFields(Mapping m) {
    return m.choice(
        "unknown_fields",
        FormatDefinition.UnknownFields.class,
        FormatDefinition.UnknownFields.IGNORE);
  }

  private static FormatDefinition.Framing framing(Mapping m) {
    return m.choice("framing", FormatDefinition.Framing.class, FormatDefinition.Framing.NONE);
  }

  private Optional<FormatDefinition> text(Mapping m) {
    Optional<String> regex = m.text("regex");
    if (regex.isPresent() && m.text("pattern").isPresent()) {
      problems.add(
          m.location("regex"), "'format' has both 'pattern' and 'regex'. Remove one of them.");
      return Optional.empty();
    }
    Optional<FormatDefinition.Pattern> pattern =
        regex.isPresent()
            ? Optional.empty()
            : m.requiredChoice("pattern", FormatDefinition.Pattern.class);
    return regex.isPresent() || pattern.isPresent()
        ? Optional.of(new FormatDefinition.Text(pattern, regex, m.text("schema")))
        : Optional.empty();
  }

  private char delimiter(Mapping m) {
    String delimiter = m.anyText("delimiter").orElse(",");
    if (delimiter.length() != 1 || delimiter.equals("\"")) {
      problems.add(
          m.location("delimiter"),
          "'delimiter' has to be one character other than a quote, found '" + delimiter + "'.");
    }
    return delimiter.isEmpty() ? ',' : delimiter.charAt(0);
  }

  private LookupDefinition lookup(Mapping m) {
    m.allow("table", "columns", "refresh");
    return new LookupDefinition(
        m.location(),
        m.requiredText("table"),
        m.textEntries("columns"),
        m.duration("refresh").orElse(LookupDefinition.DEFAULT_REFRESH));
  }

  private StepDefinition step(Mapping m) {
    m.allow("sql", "expect", "expect_batch");
    return new StepDefinition(
        m.location("sql"),
        m.requiredText("sql"),
        List.copyOf(m.entries("expect", "expectation", this::expectation).values()),
        List.copyOf(m.entries("expect_batch", "expectation", this::batchExpectation).values()));
  }

  private Optional<BatchExpectation> batchExpectation(String name, Mapping m) {
    m.allow("measure", "column", "at_least", "at_most", "else");
    Optional<BatchMeasure> measure = measure(m);
    boolean time = measure.filter(BatchMeasure.Freshness.class::isInstance).isPresent();
    OptionalDouble atLeast = time ? m.seconds("at_least") : m.number("at_least");
    OptionalDouble atMost = time ? m.seconds("at_most") : m.number("at_most");
    if (!m.has("at_least") && !m.has("at_most")) {
      problems.add(
          m.location(), "Expectation '" + name + "' has no bound. Add 'at_least' or 'at_most'.");
    }
    Optional<BatchExpectation.Otherwise> otherwise =
        m.requiredChoice("else", BatchExpectation.Otherwise.class);
    return measure.flatMap(
        what ->
            otherwise.map(o -> new BatchExpectation(m.location(), name, what, atLeast, atMost, o)));
  }

  private Optional<BatchMeasure> measure(Mapping m) {
    String measure = m.requiredText("measure");
    if (!measure.isEmpty() && !MEASURES.contains(measure)) {
      problems.add(
          m.location("measure"),
          "'measure' is '" + measure + "'. " + Suggestion.of(measure, MEASURES));
      return Optional.empty();
    }
    if (measure.equals("row_count") && m.has("column")) {
      problems.add(m.location("column"), "'row_count' counts rows and has no 'column'. Remove it.");
    }
    return switch (measure) {
      case "" -> Optional.empty();
      case "row_count" -> Optional.of(new BatchMeasure.RowCount());
      case "null_share" -> Optional.of(new BatchMeasure.NullShare(m.requiredText("column")));
      case "distinct_share" ->
          Optional.of(new BatchMeasure.DistinctShare(m.requiredText("column")));
      default -> Optional.of(new BatchMeasure.Freshness(m.requiredText("column")));
    };
  }

  private Optional<PipelineTest> test(Mapping m) {
    m.allow("name", "given", "expect");
    return Optional.of(
        new PipelineTest(m.location(), m.requiredText("name"), m.lists("given"), m.rows("expect")));
  }

  private Optional<Expectation> expectation(String name, Mapping m) {
    m.allow("check", "else");
    String check = m.requiredText("check");
    return m.requiredChoice("else", Expectation.Otherwise.class)
        .map(otherwise -> new Expectation(m.location("check"), name, check, otherwise));
  }

  private Optional<SinkDefinition> sink(String table, Mapping m) {
    m.allow("from", "mode", "partition_by", "key");
    String from = m.requiredText("from");
    List<PartitionTransform> partitionBy =
        m.texts("partition_by").stream().flatMap(t -> transform(m, t).stream()).toList();
    List<String> key = m.texts("key");
    return m.requiredChoice("mode", SinkDefinition.Mode.class)
        .map(mode -> new SinkDefinition(m.location(), table, from, mode, partitionBy, key));
  }

  private Optional<PartitionTransform> transform(Mapping m, String text) {
    Optional<PartitionTransform> transform = PartitionTransform.parse(text);
    if (transform.isEmpty()) {
      problems.add(
          m.location("partition_by"),
          "'" + text + "' is no partition transform. Allowed: " + PartitionTransform.ALLOWED + ".");
    }
    return transform;
  }

  private QuarantineDefinition quarantine(Mapping m) {
    m.allow("table");
    return new QuarantineDefinition(m.location("table"), m.requiredText("table"));
  }
}
