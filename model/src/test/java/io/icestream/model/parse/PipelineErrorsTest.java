/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.PipelineFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test breaks the minimal file in one place and states the whole report. */
class PipelineErrorsTest {
  private static final String MINIMAL = PipelineParserTest.MINIMAL;

  @TempDir private Path folder;

  @Test
  void rejectsAnUnknownKeyAndSuggestsTheNearest() {
    assertThat(problems(MINIMAL.replace("format:", "formatt:")))
        .containsExactly(
            "5:5 Key 'format' is missing in source 'orders'. Add it.",
            "6:5 Unknown key 'formatt' in source 'orders'. Did you mean 'format'?"
                + " Allowed: kafka, format, event_time, watermark.");
  }

  @Test
  void rejectsAnUnknownKeyAtTheTop() {
    assertThat(problems(MINIMAL + "metrics: { port: 1 }\n"))
        .containsExactly(
            "10:1 Unknown key 'metrics' in the pipeline file. Allowed: version, name, sources,"
                + " lookups, steps, sinks, quarantine, tests.");
  }

  @Test
  void rejectsAKeyOfAnotherFormat() {
    assertThat(problems(MINIMAL.replace("schema: order.avsc", "schema: a.avsc, delimiter: ;")))
        .containsExactly(
            "6:43 Unknown key 'delimiter' in 'format' of source 'orders'."
                + " Allowed: type, schema, unknown_fields, layout, framing.");
  }

  @Test
  void rejectsADuplicateKey() {
    assertThat(problems(MINIMAL + "name: other\n"))
        .containsExactly("10:1 Key 'name' stands twice in the pipeline file. Remove one.");
  }

  @Test
  void rejectsADuplicateSink() {
    assertThat(
            problems(
                MINIMAL.replace(
                    "quarantine:", "  shop.orders: { from: orders, mode: append }\nquarantine:")))
        .containsExactly(
            "9:3 Key 'shop.orders' stands twice in 'sinks' of the pipeline file. Remove one.");
  }

  @Test
  void rejectsAListWhereATextBelongs() {
    assertThat(problems(MINIMAL.replace("topic: orders", "topic: [orders]")))
        .containsExactly(
            "5:21 'topic' in 'kafka' of source 'orders' has to be a text, found a list.");
  }

  @Test
  void rejectsAMappingWhereATextBelongs() {
    assertThat(problems(MINIMAL.replace("topic: orders", "topic: { name: orders }")))
        .containsExactly(
            "5:21 'topic' in 'kafka' of source 'orders' has to be a text, found a mapping.");
  }

  @Test
  void rejectsNothingWhereATextBelongs() {
    assertThat(problems(MINIMAL.replace("name: shop", "name:")))
        .containsExactly("2:6 'name' in the pipeline file has to be a text, found nothing.");
  }

  @Test
  void rejectsATextWhereAMappingBelongs() {
    assertThat(problems(MINIMAL.replace("{ topic: orders }", "orders")))
        .containsExactly(
            "5:12 'kafka' of source 'orders' has to be a mapping of keys to values,"
                + " found 'orders'.");
  }

  @Test
  void rejectsASinkThatIsNoMapping() {
    assertThat(problems(MINIMAL.replace("{ from: orders, mode: append }", "append")))
        .containsExactly(
            "8:16 Sink 'shop.orders' has to be a mapping of keys to values, found 'append'.");
  }

  @Test
  void rejectsATextWhereAListBelongs() {
    assertThat(problems(MINIMAL.replace("mode: append", "mode: append, partition_by: days(t)")))
        .containsExactly(
            "8:60 'partition_by' in sink 'shop.orders' has to be a list, found 'days(t)'.");
  }

  @Test
  void namesEachMissingKeyOfTheFile() {
    assertThat(problems("version: 1\n"))
        .containsExactly(
            "1:1 Key 'name' is missing in the pipeline file. Add it.",
            "1:1 Key 'sources' is missing in the pipeline file. Add it.",
            "1:1 Key 'sinks' is missing in the pipeline file. Add it.",
            "1:1 Key 'quarantine' is missing in the pipeline file. Add it.");
  }

  @Test
  void rejectsAFileWithoutSinks() {
    assertThat(
            problems(
                MINIMAL.replace(
                    "sinks:\n  shop.orders: { from: orders, mode: append }\n", "sinks: {}\n")))
        .containsExactly("7:8 'sinks' in the pipeline file is empty. Add at least one sink.");
  }

  @Test
  void namesMissingKeysOfASink() {
    assertThat(problems(MINIMAL.replace("{ from: orders, mode: append }", "{}")))
        .containsExactly(
            "8:16 Key 'from' is missing in sink 'shop.orders'. Add it.",
            "8:16 Key 'mode' is missing in sink 'shop.orders'. Add it.");
  }

  @Test
  void namesMissingKeysOfAnExpectation() {
    assertThat(
            problems(
                MINIMAL
                    + """
                    steps:
                      s:
                        sql: SELECT * FROM orders
                        expect: { e: {} }
                    """))
        .containsExactly(
            "13:18 Key 'check' is missing in expectation 'e'. Add it.",
            "13:18 Key 'else' is missing in expectation 'e'. Add it.");
  }

  @Test
  void rejectsAnotherVersion() {
    assertThat(problems(MINIMAL.replace("version: 1", "version: 2")))
        .containsExactly("1:10 'version' in the pipeline file is '2'. Allowed: 1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "10 m", "m", "-1s", "1.5h", "PT10M", "10min", "1234567890s"})
  void rejectsADurationWithoutNumberAndUnit(String duration) {
    assertThat(
            problems(
                MINIMAL.replace(
                    "sinks:", "    event_time: t\n    watermark: " + duration + "\nsinks:")))
        .containsExactly(
            "8:16 'watermark' in source 'orders' has to be a duration such as 500ms, 30s, 10m,"
                + " 2h or 1d, found '"
                + duration
                + "'.");
  }

  @Test
  void rejectsAnUnknownMode() {
    assertThat(problems(MINIMAL.replace("mode: append", "mode: apend")))
        .containsExactly(
            "8:38 'mode' in sink 'shop.orders' is 'apend'. Did you mean 'append'?"
                + " Allowed: append, upsert, cdc.");
  }

  @Test
  void rejectsEnumValuesInUpperCase() {
    assertThat(problems(MINIMAL.replace("topic: orders", "topic: orders, start: LATEST")))
        .containsExactly(
            "5:36 'start' in 'kafka' of source 'orders' is 'LATEST'. Did you mean 'latest'?"
                + " Allowed: earliest, latest.");
  }

  @Test
  void rejectsAnUnknownFormatAndNothingElseBecauseOfIt() {
    assertThat(problems(MINIMAL.replace("type: json", "type: jsn")))
        .containsExactly(
            "6:21 'type' in 'format' of source 'orders' is 'jsn'. Did you mean 'json'? Allowed: json,"
                + " avro, protobuf, csv, text, debezium, raw.");
  }

  @Test
  void rejectsAnUnknownLogPattern() {
    assertThat(
            problems(
                MINIMAL.replace("type: json, schema: order.avsc", "type: text, pattern: nginx")))
        .containsExactly(
            "6:36 'pattern' in 'format' of source 'orders' is 'nginx'."
                + " Allowed: apache_combined, nginx_combined.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'||'", "'\"'"})
  void rejectsADelimiterOfMoreThanOneCharacterAndAQuote(String delimiter) {
    assertThat(
            problems(
                MINIMAL.replace(
                    "type: json, schema: order.avsc",
                    "type: csv, schema: a.avsc, delimiter: " + delimiter)))
        .containsExactly(
            "6:53 'delimiter' in 'format' of source 'orders' has to be one character other than a"
                + " quote, found "
                + delimiter
                + ".");
  }

  @Test
  void rejectsAnEmptyDelimiter() {
    assertThat(
            problems(
                MINIMAL.replace(
                    "type: json, schema: order.avsc", "type: csv, schema: a.avsc, delimiter: ''")))
        .containsExactly(
            "6:53 'delimiter' in 'format' of source 'orders' has to be one character other than a"
                + " quote, found ''.");
  }

  @Test
  void rejectsAPartitionTransformThatIcebergDoesNotHave() {
    assertThat(problems(MINIMAL.replace("mode: append", "mode: append, partition_by: [day(t), a]")))
        .containsExactly(
            "8:61 'day(t)' is no partition transform. Allowed: a column, years(c), months(c),"
                + " days(c), hours(c), bucket(n, c), truncate(n, c).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1shop", "my_shop", "my shop", "shop.eu"})
  void rejectsAPipelineNameThatCannotBeAFolder(String name) {
    assertThat(problems(MINIMAL.replace("name: shop", "name: " + name)))
        .containsExactly(
            "2:7 'name' is '" + name + "'. Use letters, digits and dashes, a letter first.");
  }

  @Test
  void rejectsNamesThatSqlCannotSay() {
    assertThat(
            problems(
                MINIMAL
                        .replace("  orders:\n", "  the-orders:\n")
                        .replace("from: orders", "from: the-orders")
                    + """
                    lookups: { 1st: { table: a.b } }
                    steps: { a.b: { sql: SELECT 1 } }
                    """))
        .containsExactly(
            "4:3 Source 'the-orders' cannot be named in SQL. Use letters, digits and underscores,"
                + " a letter first.",
            "10:12 Lookup '1st' cannot be named in SQL. Use letters, digits and underscores,"
                + " a letter first.",
            "11:10 Step 'a.b' cannot be named in SQL. Use letters, digits and underscores,"
                + " a letter first.");
  }

  @Test
  void rejectsAStepWithTheNameOfASource() {
    assertThat(problems(MINIMAL + "steps: { orders: { sql: SELECT 1 } }\n"))
        .containsExactly("10:10 Step 'orders' has the name of a Source. Rename one.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "shop.", ".orders", "shop.my-orders", "shop..orders", "s.1"})
  void rejectsATableWithoutNamespaceOrWithOddLetters(String table) {
    assertThat(problems(MINIMAL.replace("shop.orders", "'" + table + "'")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("8:")
        .endsWith(
            "'" + table + "' is no table name. Write namespace.name, for example iot.readings.");
  }

  @Test
  void rejectsWrongTableNamesOfLookupsAndQuarantine() {
    assertThat(
            problems(
                MINIMAL.replace("shop.quarantine", "quarantine")
                    + "lookups: { l: { table: devices } }\n"))
        .containsExactly(
            "9:22 'quarantine' is no table name. Write namespace.name, for example iot.readings.",
            "10:24 'devices' is no table name. Write namespace.name, for example iot.readings.");
  }

  @Test
  void rejectsAQuarantineTableThatIsASink() {
    assertThat(problems(MINIMAL.replace("shop.quarantine", "shop.orders")))
        .containsExactly(
            "9:22 The quarantine's table, 'shop.orders', is a sink too. Give the quarantine a table of its own.");
  }

  @Test
  void rejectsASecondSource() {
    assertThat(
            problems(
                MINIMAL.replace(
                    "sinks:",
                    """
                      returns:
                        kafka: { topic: returns }
                        format: { type: json, schema: order.avsc }
                    sinks:""")))
        .containsExactly(
            "7:3 Source 'returns' is the second one: a pipeline reads one source."
                + " Put it into a pipeline file of its own.");
  }

  @Test
  void rejectsASinkThatTakesRowsFromNowhere() {
    assertThat(problems(MINIMAL.replace("from: orders", "from: order")))
        .containsExactly(
            "8:24 Sink 'shop.orders' takes rows from 'order', which is no step or source."
                + " Did you mean 'orders'? Allowed: orders.");
  }

  @Test
  void rejectsASinkThatTakesRowsFromALookup() {
    assertThat(
            problems(
                MINIMAL.replace("from: orders", "from: devices")
                    + "lookups: { devices: { table: ref.devices } }\n"))
        .containsExactly(
            "8:24 Sink 'shop.orders' takes rows from 'devices', which is no step or source."
                + " Allowed: orders.");
  }

  @Test
  void rejectsUpsertWithoutKey() {
    assertThat(problems(MINIMAL.replace("mode: append", "mode: upsert")))
        .containsExactly(
            "8:38 Sink 'shop.orders' has mode upsert and no 'key'. Name the columns that identify"
                + " a row.");
  }

  @Test
  void rejectsAppendWithKey() {
    assertThat(problems(MINIMAL.replace("mode: append", "mode: append, key: [id]")))
        .containsExactly(
            "8:46 Sink 'shop.orders' has mode append, which has no 'key'. Remove the key or use"
                + " mode upsert.");
  }

  @Test
  void rejectsAWatermarkWithoutEventTime() {
    assertThat(problems(MINIMAL.replace("sinks:", "    watermark: 10m\nsinks:")))
        .containsExactly(
            "7:5 Source 'orders' has a 'watermark', which needs 'event_time': the column that tells"
                + " how old a row is. Add it.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing but a comment\n"})
  void rejectsAnEmptyFile(String yaml) {
    assertThat(problems(yaml))
        .containsExactly("1:1 The pipeline file is empty. Start it with 'version: 1'.");
  }

  @Test
  void rejectsAFileThatIsNoMapping() {
    assertThat(problems("just a text\n"))
        .containsExactly(
            "1:1 The pipeline file has to be a mapping of keys to values, found 'just a text'.");
    assertThat(problems("- version: 1\n"))
        .containsExactly(
            "1:1 The pipeline file has to be a mapping of keys to values, found a list.");
  }

  @Test
  void rejectsWhatIsNotYaml() {
    assertThat(problems("version: 1\n  name: shop\n"))
        .containsExactly("2:7 Not valid YAML: mapping values are not allowed here.");
    assertThat(problems("version: 1\nname: [shop\n"))
        .containsExactly("3:1 Not valid YAML: expected ',' or ']', but got <stream end>.");
  }

  @Test
  void rejectsASecondDocument() {
    assertThat(problems(MINIMAL + "---\nversion: 1\n"))
        .containsExactly("10:1 Not valid YAML: but found another document.");
  }

  @Test
  void rejectsControlCharacters() {
    assertThat(problems("version: 1\nname: a\u0001b\n"))
        .singleElement()
        .asString()
        .startsWith("1:1 Not valid YAML: ");
  }

  @Test
  void rejectsAFileThatIsNotThere() {
    // given
    var file = folder.resolve("absent.yaml");

    // when
    var failure =
        catchThrowableOfType(PipelineFileException.class, () -> PipelineParser.read(file));

    // then
    assertThat(failure)
        .hasMessage(file + ":1:1: The pipeline file does not exist. Give the path of a YAML file.");
  }

  @Test
  void rejectsAFolder() {
    // when
    var failure =
        catchThrowableOfType(PipelineFileException.class, () -> PipelineParser.read(folder));

    // then
    assertThat(failure)
        .hasMessage(
            folder
                + ":1:1: The pipeline file is a folder, not a file. Give the path of a YAML file.");
  }

  @Test
  void rejectsAFileThatIsNotUtf8() throws IOException {
    // given
    var file = folder.resolve("latin1.yaml");
    Files.write(file, new byte[] {'n', ':', ' ', (byte) 0xE4, '\n'});

    // when
    var failure =
        catchThrowableOfType(PipelineFileException.class, () -> PipelineParser.read(file));

    // then
    assertThat(failure)
        .hasMessageContaining(":1:1: The pipeline file cannot be read as UTF-8 text");
  }

  @Test
  void reportsAllProblemsInTheOrderOfTheFile() {
    // given
    var yaml =
        """
        version: 3
        nme: shop
        sources:
          orders:
            kafka: { topic: orders, start: newest }
            format: { type: json }
            watermark: 10 minutes
        steps:
          clean:
            sql: SELECT * FROM orders
            expect:
              ok: { check: a > 0, else: ignore }
        sinks:
          orders: { from: cleen, mode: upsert, partition_by: [week(t)] }
        quarantine: { tabel: shop.quarantine }
        """;

    // when
    var problems = problems(yaml);

    // then
    assertThat(problems)
        .containsExactly(
            "1:1 Key 'name' is missing in the pipeline file. Add it.",
            "1:10 'version' in the pipeline file is '3'. Allowed: 1.",
            "2:1 Unknown key 'nme' in the pipeline file. Did you mean 'name'? Allowed: version,"
                + " name, sources, lookups, steps, sinks, quarantine, tests.",
            "5:36 'start' in 'kafka' of source 'orders' is 'newest'. Allowed: earliest, latest.",
            "6:13 Key 'schema' is missing in 'format' of source 'orders'. Add it.",
            "7:5 Source 'orders' has a 'watermark', which needs 'event_time': the column that tells"
                + " how old a row is. Add it.",
            "7:16 'watermark' in source 'orders' has to be a duration such as 500ms, 30s, 10m,"
                + " 2h or 1d, found '10 minutes'.",
            "12:33 'else' in expectation 'ok' is 'ignore'. Allowed: warn, drop, quarantine, fail.",
            "14:3 'orders' is no table name. Write namespace.name, for example iot.readings.",
            "14:19 Sink 'orders' takes rows from 'cleen', which is no step or source."
                + " Did you mean 'clean'? Allowed: clean, orders.",
            "14:32 Sink 'orders' has mode upsert and no 'key'. Name the columns that identify"
                + " a row.",
            "14:55 'week(t)' is no partition transform. Allowed: a column, years(c), months(c),"
                + " days(c), hours(c), bucket(n, c), truncate(n, c).",
            "15:13 Key 'table' is missing in 'quarantine' of the pipeline file. Add it.",
            "15:15 Unknown key 'tabel' in 'quarantine' of the pipeline file. Did you mean 'table'?"
                + " Allowed: table.");
  }

  private static List<String> problems(String yaml) {
    var failure =
        catchThrowableOfType(
            PipelineFileException.class, () -> PipelineParser.parse(Path.of("p.yaml"), yaml));
    assertThat(failure).as("the file is refused").isNotNull();
    return failure.problems().stream().map(p -> p.location() + " " + p.message()).toList();
  }
}
