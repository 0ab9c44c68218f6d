/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.Expectation;
import io.icestream.model.Location;
import io.icestream.model.Problem;
import io.icestream.model.StepDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SQL that reaches out of the pipeline, or costs what nobody can pay, is refused before it runs.
 */
class HostileSqlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      value = {
        "reflect('java.lang.System', 'getenv', 'HOME') ¦ calls any method of any class",
        "java_method('java.lang.Runtime', 'getRuntime') ¦ calls any method of any class",
        "REFLECT('java.lang.System', 'exit', 1) ¦ calls any method of any class",
        "`reflect`('java.lang.System', 'getProperties') ¦ calls any method of any class",
        "builtin.reflect('java.lang.System', 'getenv') ¦ is not allowed in a step",
        "system.builtin.reflect('java.lang.System', 'getenv') ¦ is not allowed in a step",
        "spark_catalog.default.anything(id) ¦ is not allowed in a step",
        "try_reflect('a', 'b') ¦ calls any method of any class",
        "input_file_name() ¦ reaches outside the pipeline",
        "input_file_block_start() ¦ reaches outside the pipeline",
        "xpath_string(name, '//a') ¦ can name files",
        "xpath(name, '//a') ¦ can name files",
        "current_user() ¦ reads where the pipeline runs",
        "current_database() ¦ reads where the pipeline runs",
        "current_catalog() ¦ reads where the pipeline runs",
        "version() ¦ reads where the pipeline runs",
        "current_timezone() ¦ reads where the pipeline runs",
        "rand() ¦ not the same when a batch is run again",
        "uuid() ¦ not the same when a batch is run again",
        "now() ¦ not the same when a batch is run again",
        "current_timestamp() ¦ not the same when a batch is run again",
        "aes_encrypt(name, 'abcdefghijklmnop') ¦ not the same when a batch is run again",
        "raise_error('x') ¦ would stop the pipeline",
        "assert_true(false) ¦ would stop the pipeline",
        "sequence(1, 1000000000) ¦ is not bounded",
        "levenshtein(name, name) ¦ is not bounded",
        "aggregate(array(1), '', (a, x) -> concat(a, a)) ¦ is not bounded",
        "repeat(name, 2000000000) ¦ has to be written down as a whole number up to 10000",
        "repeat(name, id) ¦ has to be written down as a whole number up to 10000",
        "space(2147483647) ¦ has to be written down as a whole number up to 10000",
        "lpad(name, 2147483647, 'x') ¦ has to be written down as a whole number up to 10000",
        "array_repeat(name, id) ¦ has to be written down as a whole number up to 10000",
        "format_number(id, 2147483647) ¦ has to be written down as a whole number up to 10000",
        "format_string('%2147483647d', id) ¦ with widths below 1000",
        "format_string(name, id) ¦ with widths below 1000",
        "name RLIKE '(a+)+$' ¦ repeats a group that has a repetition",
        "name RLIKE '(a|aa)*b' ¦ repeats a group that has a repetition or a choice",
        "name REGEXP '([a-z]+)*[0-9]' ¦ repeats a group that has a repetition",
        "regexp_like(name, '(.*a){25,}') ¦ repeats a group that has a repetition",
        "regexp_replace(name, '(x?){5000}', '') ¦ repeats a group that has a repetition",
        "regexp_extract(name, '(a)\\\\1+', 1) ¦ back reference",
        "split(name, '(?=a+)') ¦ look-around",
        "name RLIKE name ¦ has to be written down as a text",
        "regexp_extract(name, concat(name, '+'), 0) ¦ has to be written down as a text",
        "name RLIKE '(' ¦ no regular expression",
        "id IN (SELECT max(id) FROM csv.`/etc/passwd`) ¦ Subqueries in expressions",
        "(SELECT 1) ¦ Subqueries in expressions",
        "EXISTS (SELECT * FROM text.`/etc/passwd`) ¦ Subqueries in expressions",
        "my_udf(id) ¦ none of those that a step may call",
        "coalesc(id, 1) ¦ Did you mean 'coalesce'?",
      })
  void isRefusedInAColumnAndInACheck(String expression, String reason) {
    assertThat(inColumn(expression)).as("as a column").anyMatch(m -> m.contains(reason));
    assertThat(inCheck(expression)).as("as a check").anyMatch(m -> m.contains(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      value = {
        "SELECT * FROM csv.`/etc/passwd` ¦ is no source, lookup or step above",
        "SELECT * FROM text.`s3://other/bucket` ¦ is no source, lookup or step above",
        "SELECT * FROM readings JOIN parquet.`/tmp/x` USING (id) ¦ is no source, lookup or step",
        "SELECT * FROM lake.other.table ¦ is no source, lookup or step above",
        "SELECT * FROM hostile ¦ is no source, lookup or step above",
        "SELECT * FROM range(1000000000000) ¦ Table functions are not allowed",
        "SELECT TRANSFORM(id) USING 'cat /etc/passwd' AS x FROM readings ¦ one SELECT query",
        "SELECT TRANSFORM(id) USING 'sh -c id' FROM readings ¦ one SELECT query",
        "ADD JAR '/tmp/evil.jar' ¦ SQL: Unsupported SQL statement",
        "CREATE TEMPORARY FUNCTION f AS 'evil.Udf' ¦ SQL: Unsupported SQL statement",
        "SET spark.sql.runSQLOnFiles=true ¦ SQL: Unsupported SQL statement",
        "INSERT OVERWRITE DIRECTORY '/tmp/x' USING csv SELECT * FROM readings ¦ INSERT OVERWRITE DIRECTORY is not supported",
        "DROP TABLE iot.readings ¦ one SELECT query",
        "CACHE TABLE readings ¦ one SELECT query",
        "SELECT 1; DROP TABLE iot.readings ¦ SQL:",
        "WITH r AS (SELECT * FROM r) SELECT * FROM r ¦ is no source, lookup or step above",
      })
  void isRefusedAsAStep(String sql, String reason) {
    assertThat(problems(new StepDefinition(Location.START, sql, List.of(), List.of())))
        .anyMatch(m -> m.contains(reason));
  }

  @Test
  void isRefusedWhereItIsTooDeepForTheParser() {
    assertThat(inColumn("(".repeat(5_000) + "1" + ")".repeat(5_000)))
        .anyMatch(m -> m.contains("nested more than 100 levels deep"));
    assertThat(inColumn("1" + " + 1".repeat(12_000)))
        .anyMatch(m -> m.contains("nested too deep or has too many terms"));
    assertThat(inColumn("'" + "x".repeat(60_000) + "'"))
        .anyMatch(m -> m.contains("characters, more than 50000"));
  }

  @Test
  void isNoWayToTheEnvironmentByVariables() {
    assertThat(inColumn("'${env:HOME}'")).as("it is a text like any other").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name RLIKE '^[a-z]+[0-9]*$'",
        "regexp_extract(name, '^(?<host>[^ ]+) - (.*)$', 1)",
        "regexp_replace(name, '(?i)[^a-z(]+', '')",
        "regexp_like(name, '^\\\\d{4}-\\\\d{2}-\\\\d{2}(T[0-9:.]+Z)?$')",
        "split(name, ',')",
        "split(name, '\\\\|')",
        "name RLIKE '(ab|cd){3}'",
        "name RLIKE '\\\\Q((a+)+\\\\E'",
        "repeat(name, 3)",
        "lpad(name, 10, '0')",
        "format_string('%05.2f %s', id, name)",
        "transform(array(1, 2), x -> x + 1)",
        "CASE WHEN id > 1 THEN upper(name) ELSE concat_ws('-', name, 'x') END",
        "CAST(id AS DECIMAL(10, 2)) BETWEEN 1 AND 2 AND name LIKE 'a%' OR name IS NULL",
      })
  void isNotWhatEveryPipelineNeeds(String expression) {
    assertThat(inColumn(expression)).isEmpty();
    assertThat(inCheck(expression)).isEmpty();
  }

  private static List<String> inColumn(String expression) {
    String sql = "SELECT " + expression + " AS x FROM readings";
    return problems(new StepDefinition(Location.START, sql, List.of(), List.of()));
  }

  private static List<String> inCheck(String expression) {
    var check = new Expectation(Location.START, "c", expression, Expectation.Otherwise.WARN);
    return problems(
        new StepDefinition(Location.START, "SELECT * FROM readings", List.of(check), List.of()));
  }

  private static List<String> problems(StepDefinition step) {
    return StepTexts.check(Map.of("hostile", step), List.of("readings", "hostile")).stream()
        .map(Problem::message)
        .toList();
  }
}
