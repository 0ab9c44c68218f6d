/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.process.Command;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong usage gets one clear message, an exit code, and a log that has the rest. */
@ExtendWith(SharedStack.class)
class UsageIT {

  private static final Path FOLDER = Workspace.emptyFolder("usage");

  /** A port on which nothing answers. */
  private static final String NOBODY = "127.0.0.1:1";

  /**
   * One mistake.
   *
   * @param name what is wrong
   * @param arguments the command line
   * @param exitCode what a script sees
   * @param message parts of what a person sees
   */
  private record Mistake(String name, List<Object> arguments, int exitCode, List<String> message) {

    static Mistake of(String name, int exitCode, List<String> message, Object... arguments) {
      return new Mistake(name, Arrays.asList(arguments), exitCode, message);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource
  void refusesACommandLineThatMakesNoSense(Mistake mistake) {
    // when
    Outcome outcome = new Command(FOLDER.resolve("nobody")).run(mistake.arguments().toArray());

    // then
    assertRefused(outcome, mistake);
    assertThat(outcome.err().lines().skip(mistake.message().size()))
        .as("what follows the message")
        .singleElement()
        .asString()
        .startsWith("See: icestream");
  }

  static Stream<Mistake> refusesACommandLineThatMakesNoSense() {
    return Stream.of(
        Mistake.of(
            "unknown subcommand",
            2,
            List.of(
                "error: Unmatched argument at index 0: 'prodcue'",
                "Did you mean: icestream produce or icestream probe?"),
            "prodcue"),
        Mistake.of(
            "unknown simulator",
            2,
            List.of(
                "error: Invalid value for positional parameter at index 0 (SIMULATOR): expected one"
                    + " of [IOT, WEBLOGS, CLICKS] (case-insensitive) but was 'cars'"),
            "produce",
            "cars"),
        Mistake.of(
            "no pipeline", 2, List.of("error: Missing required parameter: 'PIPELINE'"), "run"));
  }

  @ParameterizedTest
  @MethodSource
  void saysWhatIsWrongInOneMessageAndKeepsTheTraceInTheLog(Mistake mistake) throws IOException {
    // given
    Command command = new Command(FOLDER.resolve(mistake.name().replace(' ', '-')));

    // when
    Outcome outcome = command.run(mistake.arguments().toArray());

    // then
    assertRefused(outcome, mistake);
    assertThat(outcome.err().lines().toList())
        .last()
        .asString()
        .isEqualTo("details: " + command.log());
    assertThat(Files.readString(command.log()))
        .as("the log")
        .contains(firstWords(mistake))
        .contains("\tat io.icestream.");
  }

  static Stream<Mistake> saysWhatIsWrongInOneMessageAndKeepsTheTraceInTheLog(Stack stack)
      throws IOException {
    Path environment = stack.home().resolve("environment.properties");
    String broker = stack.environment().bootstrapServers();
    Path unreachable = unreachable(environment, broker);
    Path none = FOLDER.resolve("none");
    Path typos = typos();
    Path wrongTopic = copy("unknown-topic", Map.of("topic: iot.readings", "topic: iot.reading"));
    Path noLookup = copy("missing-lookup", Map.of("table: ref.devices", "table: ref.device"));
    Path pipeline = Workspace.pipeline("iot-telemetry.yaml");
    String port = broker.substring(broker.indexOf(':') + 1);
    return Stream.of(
        Mistake.of(
            "missing pipeline file",
            78,
            List.of("error: " + none + ":1:1: The pipeline file does not exist."),
            "run",
            none,
            "--environment",
            environment),
        Mistake.of(
            "typos in a pipeline file",
            78,
            List.of(
                "error: "
                    + typos
                    + ":5:35: Unknown key 'strat' in 'kafka' of source 'readings'."
                    + " Did you mean 'start'? Allowed: topic, start.\n",
                typos
                    + ":6:21: 'type' in 'format' of source 'readings' is 'jsn'. Did you mean 'json'?",
                typos + ":9:5: Unknown key 'form' in sink 'iot.typos'. Did you mean 'from'?",
                typos + ":9:5: Key 'from' is missing in sink 'iot.typos'. Add it.\n",
                typos + ":10:11: 'mode' in sink 'iot.typos' is 'apend'. Did you mean 'append'?"),
            "run",
            typos,
            "--environment",
            environment),
        Mistake.of(
            "unknown column in SQL",
            1,
            List.of("error: [UNRESOLVED_COLUMN.WITH_SUGGESTION]", "`site`"),
            "sql",
            "SELECT sight FROM ref.devices",
            "--environment",
            environment),
        Mistake.of(
            "run from an unknown topic",
            69,
            List.of(
                "error: Topic 'iot.reading' does not exist on "
                    + broker
                    + ". Did you mean 'iot.readings'?"),
            "run",
            wrongTopic,
            "--environment",
            environment),
        Mistake.of(
            "produce to an unknown topic",
            1,
            List.of(
                "error: Topic 'weblog' does not exist at " + broker + "; did you mean 'weblogs'?"),
            "produce",
            "weblogs",
            "--topic",
            "weblog",
            "--environment",
            environment),
        Mistake.of(
            "run without a broker",
            69,
            List.of("error: No Kafka broker answers at " + NOBODY),
            "run",
            pipeline,
            "--environment",
            unreachable),
        Mistake.of(
            "produce without a broker",
            1,
            List.of("error: No Kafka broker answers at " + NOBODY),
            "produce",
            "iot",
            "--environment",
            unreachable),
        Mistake.of(
            "taken port",
            1,
            List.of("error: Port " + port + " for Kafka is taken", "--kafka-port N"),
            "up",
            "--kafka-port",
            port,
            "--s3-port",
            "0"),
        Mistake.of(
            "missing input file",
            1,
            List.of("error: File " + none + " does not exist"),
            "produce",
            "--file",
            none,
            "--topic",
            "weblogs",
            "--environment",
            environment),
        Mistake.of(
            "missing lookup table",
            78,
            List.of("error: " + noLookup + ":", "Lookup table 'ref.device' does not exist"),
            "run",
            noLookup,
            "--environment",
            environment),
        Mistake.of(
            "run without a stack",
            69,
            List.of("error: There is no environment at", "icestream up"),
            "run",
            pipeline),
        Mistake.of(
            "sql without a stack",
            69,
            List.of("error: There is no environment at", "icestream up"),
            "sql",
            "SELECT 1"));
  }

  /** A file with mistakes in four lines, of several kinds. */
  private static Path typos() throws IOException {
    return Files.writeString(
        FOLDER.resolve("typos.yaml"),
        """
        version: 1
        name: typos
        sources:
          readings:
            kafka: { topic: iot.readings, strat: earliest }
            format: { type: jsn, schema: schemas/reading.avsc }
        sinks:
          iot.typos:
            form: readings
            mode: apend
        quarantine: { table: iot.typos_quarantine }
        """);
  }

  private static Path copy(String name, Map<String, String> replacements) {
    return Workspace.copyOf("iot-telemetry.yaml", FOLDER.resolve(name), replacements);
  }

  /** The environment of a stack whose broker has gone. */
  private static Path unreachable(Path environment, String broker) throws IOException {
    return Files.writeString(
        FOLDER.resolve("unreachable.properties"),
        Files.readString(environment).replace(broker, NOBODY));
  }

  /** The message as the log has it, without the prefix that the terminal gets. */
  private static String firstWords(Mistake mistake) {
    return mistake.message().get(0).replaceFirst("^error: ", "");
  }

  private static void assertRefused(Outcome outcome, Mistake mistake) {
    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(mistake.exitCode());
    assertThat(outcome.err()).contains(mistake.message()).doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
  }
}
