/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.BatchExpectation;
import io.icestream.model.BatchMeasure;
import io.icestream.model.Expectation;
import io.icestream.model.Expectation.Otherwise;
import io.icestream.model.FormatDefinition;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.KafkaDefinition.Start;
import io.icestream.model.Location;
import io.icestream.model.LookupDefinition;
import io.icestream.model.PartitionTransform;
import io.icestream.model.Problem;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Changes;
import io.icestream.model.SinkDefinition.Deletes;
import io.icestream.model.SinkDefinition.History;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.model.SinkDefinition.Route;
import io.icestream.model.SinkDefinition.Rows;
import io.icestream.model.StepDefinition;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.SourcePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps over the source {@code readings} and the lookup {@code devices}. */
class StepGraphTest {
  private static final StructType READINGS =
      new StructType()
          .add("device_id", DataTypes.StringType, false)
          .add("event_time", DataTypes.TimestampType, false)
          .add("temperature", DataTypes.DoubleType)
          .add("samples", DataTypes.IntegerType);
  private static final Location STEP = new Location(10, 10);
  private static final Location CHECK = new Location(12, 12);
  private static final Location SINK = new Location(20, 5);

  private final SparkSession spark = LocalSpark.session();
  private final Map<String, StepDefinition> steps = new LinkedHashMap<>();
  private final List<SinkDefinition> sinks = new ArrayList<>();
  private Optional<String> eventTime = Optional.of("event_time");

  @BeforeAll
  static void provideTheLookup() {
    LocalSpark.session()
        .sql("SELECT 'd1' AS device_id, 'm' AS model")
        .createOrReplaceTempView("devices");
  }

  @Test
  void knowsTheColumnsOfSourceRowStepAndWindowStep() {
    // given
    step("enriched", "SELECT r.*, d.model FROM readings r LEFT JOIN devices d USING (device_id)");
    step(
        "per_minute",
        "SELECT device_id, window(event_time, '1 minute').start AS minute, avg(temperature) AS mean"
            + " FROM enriched GROUP BY device_id, window(event_time, '1 minute')");
    sinks.add(sink("a.rows", "enriched", Mode.APPEND, "days(event_time)"));
    sinks.add(sink("a.stats", "per_minute", Mode.UPSERT, "days(minute)", "device_id", "minute"));

    // when
    List<Problem> problems = new ArrayList<>();
    var graph = StepGraph.check(spark, plan(), problems);

    // then
    assertThat(problems).isEmpty();
    assertThat(graph.columns("readings")).isEqualTo(READINGS.asNullable());
    assertThat(graph.columns("enriched").fieldNames())
        .containsExactly("device_id", "event_time", "temperature", "samples", "model");
    assertThat(graph.columns("per_minute").fieldNames())
        .containsExactly("device_id", "minute", "mean", "_state");
    assertThat(graph.steps())
        .extracting(s -> s.name() + " of " + s.upstream() + (s.window() ? ", grouped" : ""))
        .containsExactly("enriched of readings", "per_minute of enriched, grouped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM readings",
        "SELECT device_id FROM readings WHERE temperature > 0",
        "SELECT r.device_id, d.model FROM readings r JOIN devices d ON r.device_id = d.device_id",
        "SELECT r.device_id, d.model FROM (SELECT * FROM readings WHERE samples > 1) r"
            + " LEFT JOIN devices d USING (device_id)",
        "SELECT device_id, temperature * 1.8 + 32 AS fahrenheit FROM readings",
        "SELECT device_id, CASE WHEN samples > 1 THEN 'many' END AS label FROM readings",
        "SELECT device_id, unix_timestamp(event_time) AS s FROM readings",
        "SELECT d.model, r.device_id FROM devices d JOIN readings r ON d.device_id = r.device_id"
      })
  void acceptsRowSteps(String sql) {
    step("s", sql);
    assertThat(problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT device_id, count(*) AS n FROM readings GROUP BY device_id",
        "SELECT device_id, sum(temperature) FILTER (WHERE samples > 1) AS t FROM readings GROUP BY 1",
        "SELECT upper(device_id) AS d, max(samples) - min(samples) AS spread FROM readings"
            + " WHERE temperature > 0 GROUP BY upper(device_id)",
        "SELECT d.model, count(*) AS n FROM readings r LEFT JOIN devices d USING (device_id)"
            + " GROUP BY d.model",
        "SELECT date(event_time) AS day, avg(samples) AS a FROM readings GROUP BY date(event_time)"
      })
  void acceptsWindowSteps(String sql) {
    step("s", sql);
    assertThat(problems()).isEmpty();
  }

  @Test
  void refusesARelationThatIsNotKnown() {
    step("s", "SELECT * FROM reading");
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': 'reading' is no source, lookup or step above."
                + " Did you mean 'readings'? Allowed: readings, devices.");
  }

  @Test
  void knowsThePlacesInTheSqlOfStepsAndChecks() {
    step("a", "SELECT *\nFROM readings r\nJOIN nothing USING (device_id)");
    step("b", "SELECT device_id,\n  rand() AS r FROM readings");
    step(
        "c",
        "SELECT * FROM readings",
        new Expectation(CHECK, "one", "samples > 1 AND\n z > 1", Otherwise.WARN),
        new Expectation(CHECK, "two", "samples > uuid()", Otherwise.WARN),
        new Expectation(CHECK, "three", "samples >", Otherwise.WARN));
    step("d", "SELECT samples AS a, samples AS A FROM readings");
    assertThat(places())
        .containsExactly(
            "line 3, position 5 of the SQL",
            "line 2, position 2 of the SQL",
            "line 2, position 1 of the SQL",
            "line 1, position 10 of the SQL",
            "line 1, position 9 of the SQL",
            "none");
  }

  @Test
  void refusesAStepThatStandsBelow() {
    step("first", "SELECT * FROM second");
    step("second", "SELECT * FROM readings");
    assertThat(problems())
        .containsExactly(
            "10:10 Step 'first': 'second' is no source, lookup or step above."
                + " Allowed: readings, devices.");
  }

  @Test
  void refusesAWindowStepAsInput() {
    step("grouped", "SELECT device_id, count(*) AS n FROM readings GROUP BY device_id");
    step("s", "SELECT * FROM grouped");
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': 'grouped' is no source, lookup or step above."
                + " Allowed: readings, devices.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parquet.`/tmp/x`",
        "csv.`s3://b/x`",
        "lake.test.other",
        "test.other",
        "delta.`/x`"
      })
  void refusesTablesAndFilesOutsideThePipeline(String relation) {
    step("s", "SELECT r.* FROM readings r JOIN " + relation + " USING (device_id)");
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("' is no source, lookup or step above.");
  }

  @Test
  void refusesAColumnThatIsNotKnown() {
    step("s", "SELECT temprature FROM readings");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("10:10 Step 's': SQL: ")
        .contains("`temprature` cannot be resolved", "`temperature`")
        .doesNotContain("position");
    assertThat(places()).containsExactly("line 1, position 7 of the SQL");
  }

  @Test
  void refusesSqlThatCannotBeParsedAndSaysWhere() {
    step("s", "SELECT device_id\nFORM readings WHERE");
    assertThat(problems())
        .containsExactly("10:10 Step 's': SQL: Syntax error at or near 'readings'.");
    assertThat(places()).containsExactly("line 2, position 5 of the SQL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT 1 AS one; none",
        "SELECT * FROM devices; none",
        "SELECT a.* FROM readings a JOIN readings b USING (device_id); readings, readings"
      })
  void refusesAnythingButOneStream(String sql, String found) {
    step("s", sql);
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': A step reads rows from exactly one source or row step, beside"
                + " lookups; found "
                + found
                + ".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM readings ORDER BY event_time; Sort",
        "SELECT DISTINCT device_id FROM readings; Distinct",
        "SELECT *, row_number() OVER (PARTITION BY device_id ORDER BY event_time) AS n FROM readings; Window",
        "SELECT * FROM readings LIMIT 5; GlobalLimit",
        "SELECT * FROM readings TABLESAMPLE (10 PERCENT); Sample",
        "SELECT device_id, explode(array(1, 2)) AS x FROM readings; Generate",
        "SELECT device_id, count(*) AS n FROM readings GROUP BY device_id HAVING count(*) > 1; Aggregate",
        "SELECT n FROM (SELECT device_id, count(*) AS n FROM readings GROUP BY device_id) t; Aggregate"
      })
  void refusesOperatorsThatLookBeyondTheRow(String sql, String operator) {
    step("s", sql);
    assertThat(problems())
        .first()
        .asString()
        .isEqualTo(
            "10:10 Step 's': A step cannot use "
                + operator
                + ": it sees one batch at a time. Allowed: SELECT, WHERE, JOIN and LEFT JOIN with"
                + " lookups; GROUP BY in a step of its own.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT DISTINCT device_id FROM readings; Distinct",
        "SELECT device_id FROM readings LIMIT 5; GlobalLimit",
        "SELECT device_id, count(*) AS n FROM readings GROUP BY device_id; Aggregate"
      })
  void refusesThemBelowAGroupByToo(String inner, String operator) {
    step("s", "SELECT device_id, count(*) AS n FROM (" + inner + ") t GROUP BY device_id");
    assertThat(problems())
        .first()
        .asString()
        .startsWith("10:10 Step 's': A step cannot use " + operator + ": it sees one batch");
  }

  @Test
  void refusesAUnion() {
    step("s", "SELECT device_id FROM readings UNION ALL SELECT device_id FROM devices");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("10:10 Step 's': A step cannot use Union: it sees one batch at a time.");
  }

  @ParameterizedTest
  @CsvSource({
    "RIGHT, RIGHT OUTER",
    "FULL, FULL OUTER",
    "LEFT SEMI, LEFT SEMI",
    "LEFT ANTI, LEFT ANTI"
  })
  void refusesJoinsThatDependOnOtherRows(String join, String name) {
    step(
        "s",
        "SELECT r.device_id FROM readings r "
            + join
            + " JOIN devices d ON r.device_id = d.device_id");
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': A "
                + name
                + " join is not allowed in a step. Allowed: JOIN, LEFT JOIN with a lookup.");
  }

  @Test
  void refusesALeftJoinThatStartsFromTheLookup() {
    step("s", "SELECT d.model, r.samples FROM devices d LEFT JOIN readings r USING (device_id)");
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': A LEFT JOIN has to start from the rows of the step: put the lookup on"
                + " its right side.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT *, (SELECT max(model) FROM devices) AS m FROM readings",
        "SELECT * FROM readings WHERE device_id IN (SELECT device_id FROM devices)",
        "SELECT * FROM readings r WHERE EXISTS (SELECT 1 FROM devices d WHERE d.device_id = r.device_id)"
      })
  void refusesSubqueriesInExpressions(String sql) {
    step("s", sql);
    assertThat(problems())
        .contains(
            "10:10 Step 's': Subqueries in expressions are not allowed in a step. Use a JOIN.");
  }

  @Test
  void refusesCommonTableExpressions() {
    step("s", "WITH c AS (SELECT * FROM readings) SELECT * FROM c");
    assertThat(problems()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "reflect('java.lang.System', 'currentTimeMillis'); reflect",
        "java_method('java.util.UUID', 'randomUUID'); java_method",
        "rand(); rand",
        "RAND(1); rand",
        "uuid(); uuid",
        "now(); now",
        "current_timestamp(); current_timestamp",
        "coalesce(temperature, randn()); randn",
        "raise_error('x'); raise_error",
        "input_file_name(); input_file_name"
      })
  void refusesFunctionsThatAreNotRepeatableOrReachOutside(String call, String name) {
    step("s", "SELECT device_id, " + call + " AS x FROM readings");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("10:10 Step 's': Function '" + name + "' is not allowed in a step: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "current_timestamp",
        "current_date",
        "unix_timestamp()",
        "date_diff(current_date, event_time)"
      })
  void refusesTheTimeOfDayHoweverItIsSpelled(String call) {
    step("s", "SELECT device_id, " + call + " AS x FROM readings");
    step("g", "SELECT device_id, max(" + call + ") AS x FROM readings GROUP BY device_id");
    step(
        "c",
        "SELECT * FROM readings",
        new Expectation(CHECK, "e", call + " IS NULL", Otherwise.WARN));
    assertThat(problems())
        .hasSize(3)
        .allMatch(
            problem ->
                problem.endsWith(
                    "The time of day is not allowed in a step: it is another one when a batch is"
                        + " run again. Use _source.timestamp, the time of the Kafka record."));
  }

  @Test
  void refusesThemInFiltersJoinsAndGroupsToo() {
    step("a", "SELECT * FROM readings WHERE rand() < 0.5");
    step(
        "b",
        "SELECT r.* FROM readings r JOIN devices d ON r.device_id = d.device_id AND uuid() > 'a'");
    step("c", "SELECT now() AS t, count(*) AS n FROM readings GROUP BY now()");
    assertThat(problems()).hasSize(4).allMatch(p -> p.contains("is not allowed in a step"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"builtin.reflect", "system.builtin.reflect", "spark_catalog.default.reflect"})
  void cannotReachThemByALongerName(String name) {
    step("s", "SELECT " + name + "('java.lang.System', 'currentTimeMillis') AS x FROM readings");
    assertThat(problems()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE test.x",
        "INSERT INTO test.x SELECT * FROM readings",
        "FROM readings INSERT INTO test.x SELECT * INSERT INTO test.y SELECT *",
        "INSERT OVERWRITE DIRECTORY '/tmp/icestream-x' USING parquet SELECT * FROM readings",
        "SHOW TABLES",
        "CREATE TABLE test.x AS SELECT * FROM readings",
        "SET a=b",
        "DESCRIBE readings"
      })
  void refusesCommands(String sql) {
    step("s", sql);
    assertThat(problems())
        .first()
        .asString()
        .startsWith("10:10 Step 's': A step is one SELECT query; found ");
  }

  @Test
  void refusesScripts() {
    step("s", "SELECT TRANSFORM(device_id) USING 'cat' AS (x) FROM readings");
    assertThat(problems()).first().asString().contains("A step is one SELECT query; found Script");
  }

  @Test
  void refusesTableFunctions() {
    step("s", "SELECT r.* FROM readings r CROSS JOIN range(3)");
    assertThat(problems())
        .containsExactly("10:10 Step 's': Table functions are not allowed in a step: range.");
  }

  @Test
  void refusesExpectationsOnAGroupBy() {
    step(
        "s",
        "SELECT device_id, count(*) AS n FROM readings GROUP BY device_id",
        new Expectation(CHECK, "some", "n > 0", Otherwise.DROP));
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': A step with GROUP BY has no rows to check. Put 'expect' at the step"
                + " before.");
  }

  @Test
  void acceptsBatchExpectationsOnARowStep() {
    measured(
        "SELECT * FROM readings",
        new BatchMeasure.RowCount(),
        new BatchMeasure.NullShare("samples"),
        new BatchMeasure.DistinctShare("device_id"),
        new BatchMeasure.Freshness("event_time"));
    assertThat(problems()).isEmpty();
  }

  @Test
  void refusesBatchExpectationsThatCannotBeMeasured() {
    measured(
        "SELECT *, map('a', 1) AS m, array(struct(map('a', 1) AS x)) AS l FROM readings",
        new BatchMeasure.NullShare("sample"),
        new BatchMeasure.DistinctShare("m"),
        new BatchMeasure.DistinctShare("l"),
        new BatchMeasure.Freshness("samples"),
        new BatchMeasure.Freshness("eventtime"));
    assertThat(problems())
        .containsExactly(
            "12:12 Expectation 'e0' of step 's' measures column 'sample', which the step does not"
                + " have. Did you mean 'samples'? Allowed: device_id, event_time, temperature,"
                + " samples, m, l.",
            "12:12 Expectation 'e1' of step 's' measures column 'm', which is map<string,int>. Maps"
                + " cannot be compared: measure a column without one.",
            "12:12 Expectation 'e2' of step 's' measures column 'l', which is"
                + " array<struct<x:map<string,int>>>. Maps cannot be compared: measure a column"
                + " without one.",
            "12:12 Expectation 'e3' of step 's' measures column 'samples', which is int. It has to"
                + " be a timestamp.",
            "12:12 Expectation 'e4' of step 's' measures column 'eventtime', which the step does"
                + " not have. Did you mean 'event_time'? Allowed: device_id, event_time,"
                + " temperature, samples, m, l.");
  }

  @Test
  void refusesBatchExpectationsOnAGroupBy() {
    measured(
        "SELECT device_id, count(*) AS n FROM readings GROUP BY device_id",
        new BatchMeasure.RowCount());
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': A step with GROUP BY has no rows to measure. Put 'expect_batch' at the"
                + " step before.");
  }

  @Test
  void refusesSlidingWindows() {
    step(
        "s",
        "SELECT window(event_time, '10 minutes', '5 minutes').start AS w, count(*) AS n"
            + " FROM readings GROUP BY window(event_time, '10 minutes', '5 minutes')");
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': Sliding windows are not allowed: a row would count in several"
                + " windows. Use window(column, duration) alone.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "avg(DISTINCT temperature); avg(DISTINCT readings.temperature)",
        "count(DISTINCT samples); count(DISTINCT readings.samples)",
        "stddev(temperature); stddev(readings.temperature)",
        "first(samples); first(readings.samples)",
        "collect_list(samples); collect_list(readings.samples)",
        "percentile(temperature, 0.5); percentile(readings.temperature, CAST(0.5BD AS DOUBLE), 1L)"
      })
  void refusesAggregatesThatCannotBeMerged(String aggregate, String shown) {
    step("s", "SELECT device_id, " + aggregate + " AS x FROM readings GROUP BY device_id");
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': Aggregate '"
                + shown
                + "' cannot be kept across batches. Allowed: count, sum, avg, min, max.");
  }

  @Test
  void refusesAGroupColumnThatIsNotSelected() {
    step("s", "SELECT device_id, count(*) AS n FROM readings GROUP BY device_id, samples");
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': Each column of GROUP BY has to be selected: together they are the"
                + " key.");
  }

  @Test
  void refusesAColumnThatMixesAggregateAndGroup() {
    step(
        "s", "SELECT device_id, concat(device_id, count(*)) AS x FROM readings GROUP BY device_id");
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': Column 'x' mixes aggregates with other columns. Select them apart.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT device_id, samples AS device_id FROM readings; device_id",
        "SELECT device_id, samples AS DEVICE_ID FROM readings; DEVICE_ID",
        "SELECT * FROM readings r JOIN devices d ON r.device_id = d.device_id; device_id",
        "SELECT device_id, count(*) AS device_id FROM readings GROUP BY device_id; device_id"
      })
  void refusesTwoColumnsOfOneName(String sql, String column) {
    step("s", sql);
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': Column '" + column + "' stands twice. Give one of them another name.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"_source", "_state", "_route", "_WARNING", "_reason", "kafka_offset"})
  void refusesColumnsWithNamesOfItsOwn(String name) {
    step("s", "SELECT event_time, device_id AS " + name + " FROM readings");
    assertThat(problems())
        .containsExactly(
            "10:10 Step 's': Column '"
                + name
                + "' has a name that Icestream needs. Give it another.");
  }

  @Test
  void refusesAColumnWithoutType() {
    step("s", "SELECT device_id, NULL AS note FROM readings");
    assertThat(problems())
        .containsExactly("10:10 Step 's': Column 'note' has no type. CAST the NULL.");
  }

  @Test
  void refusesACheckThatIsNotTrueOrFalse() {
    step(
        "s",
        "SELECT * FROM readings",
        new Expectation(CHECK, "c", "temperature + 1", Otherwise.WARN));
    assertThat(problems())
        .containsExactly("12:12 Expectation 'c' of step 's': it is double, not true or false.");
  }

  @Test
  void refusesACheckOverAColumnThatTheStepDoesNotGive() {
    step(
        "s",
        "SELECT device_id FROM readings",
        new Expectation(CHECK, "c", "temperature > 0", Otherwise.WARN));
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("12:12 Expectation 'c' of step 's': SQL: ")
        .contains("`temperature` cannot be resolved");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rand() > 0.5",
        "current_timestamp > event_time",
        "device_id IN (SELECT device_id FROM devices)",
        "temperature >",
        "count(*) > 1",
        "row_number() OVER (ORDER BY event_time) > 1",
        "explode(array(true))"
      })
  void refusesAChecksThatAStepCouldNotSay(String check) {
    step("s", "SELECT * FROM readings", new Expectation(CHECK, "c", check, Otherwise.WARN));
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("12:12 Expectation 'c' of step 's': ");
  }

  @Test
  void refusesASinkThatUsesAColumnWhichItsStepDoesNotGive() {
    step("s", "SELECT device_id FROM readings");
    sinks.add(sink("a.b", "s", Mode.APPEND, "days(event_tme)"));
    assertThat(problems())
        .containsExactly(
            "20:5 Sink 'a.b' uses column 'event_tme', which 's' does not have. Allowed:"
                + " device_id.");
  }

  @Test
  void refusesToNameTablesByWhatIsNoTextOrNotThere() {
    step("s", "SELECT device_id, temperature FROM readings");
    sinks.add(routed("a.b", "s", "temperature"));
    sinks.add(routed("a.c", "s", "tenant"));
    sinks.add(routed("a.d", "s", "device_id"));
    assertThat(problems())
        .containsExactly(
            "20:5 Sink 'a.b' has 'route_by: temperature', which is double. It has to be a text,"
                + " since it names tables: use CAST in 's'.",
            "20:5 Sink 'a.c' uses column 'tenant', which 's' does not have. Allowed: device_id,"
                + " temperature.");
  }

  private static SinkDefinition routed(String table, String from, String column) {
    return new SinkDefinition(
        SINK,
        table,
        from,
        Rows.ACCEPTED,
        Mode.APPEND,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.of(new Route(column, 5)));
  }

  @Test
  void refusesToAppendGroups() {
    step("s", "SELECT device_id, count(*) AS n FROM readings GROUP BY device_id");
    sinks.add(sink("a.b", "s", Mode.APPEND, "device_id"));
    assertThat(problems())
        .contains("20:5 Sink 'a.b' takes groups, which change: it needs mode upsert.");
  }

  @Test
  void refusesAnOrderThatItsStepDoesNotGive() {
    step("s", "SELECT device_id FROM readings");
    sinks.add(keyed(Mode.UPSERT, List.of("event_tme")));
    assertThat(problems())
        .containsExactly(
            "20:5 Sink 'a.b' uses column 'event_tme', which 's' does not have. Allowed:"
                + " device_id.");
  }

  @Test
  void refusesAnOrderOfValuesThatHaveNone() {
    step("s", "SELECT device_id, array(device_id) AS tags FROM readings");
    sinks.add(keyed(Mode.UPSERT, List.of("tags")));
    assertThat(problems())
        .containsExactly(
            "20:5 Sink 'a.b' has column 'tags' in 'order_by', which is array<string>. It has to be"
                + " a number, a text, a truth value, a date or a time.");
  }

  @Test
  void refusesToOrderGroups() {
    step("s", "SELECT device_id, count(*) AS n FROM readings GROUP BY device_id");
    sinks.add(keyed(Mode.UPSERT, List.of("n")));
    assertThat(problems())
        .containsExactly(
            "20:5 Sink 'a.b' takes groups, of which the table has one per key. Remove"
                + " 'order_by'.");
  }

  @Test
  void refusesChangesThatDoNotSayWhatHappened() {
    step("s", "SELECT device_id FROM readings");
    sinks.add(keyed(Mode.CDC, List.of()));
    assertThat(problems())
        .containsExactly(
            "20:5 Sink 'a.b' has mode cdc, and 's' has no column 'op' that says what happened. Name"
                + " it with 'op'.");
  }

  @Test
  void refusesColumnsOfAnEnvelopeThatTheTableOfChangesNeeds() {
    String row = "named_struct('device_id', device_id, 'kafka_offset', 1)";
    step("s", "SELECT 'c' AS op, " + row + " AS before, " + row + " AS after FROM readings");
    sinks.add(keyed(Mode.CDC, List.of()));
    assertThat(problems())
        .containsExactly(
            "20:5 Column 'kafka_offset' has a name that the table of sink 'a.b' needs. Give it"
                + " another.");
  }

  @Test
  void refusesColumnsThatTheTableOfChangesNeeds() {
    step("s", "SELECT device_id, 'c' AS op, 1 AS _position FROM readings");
    sinks.add(keyed(Mode.CDC, List.of()));
    assertThat(problems())
        .containsExactly(
            "20:5 Column '_position' has a name that the table of sink 'a.b' needs. Give it"
                + " another.");
  }

  @Test
  void refusesAKeyThatIsNotTheGroup() {
    step("s", "SELECT device_id, samples, count(*) AS n FROM readings GROUP BY device_id, samples");
    sinks.add(sink("a.b", "s", Mode.UPSERT, "device_id", "device_id"));
    assertThat(problems())
        .containsExactly(
            "20:5 The key of sink 'a.b' is [device_id], but 's' groups by [device_id, samples]."
                + " Use the same columns.");
  }

  @Test
  void saysNothingAboutASinkWhoseStepIsWrong() {
    step("s", "SELECT x FROM readings");
    sinks.add(sink("a.b", "s", Mode.APPEND, "days(x)"));
    assertThat(problems()).hasSize(1).first().asString().startsWith("10:10 ");
  }

  @Test
  void refusesAnEventTimeThatTheFormatDoesNotHave() {
    eventTime = Optional.of("eventtime");
    assertThat(problems())
        .containsExactly(
            "5:3 'event_time' of source 'readings' is 'eventtime', which its format does not have."
                + " Did you mean 'event_time'? Allowed: device_id, event_time, temperature,"
                + " samples.");
  }

  @Test
  void refusesAnEventTimeThatIsNoTime() {
    eventTime = Optional.of("device_id");
    assertThat(problems())
        .containsExactly(
            "5:3 'event_time' of source 'readings' is 'device_id', which is string. It has to be a"
                + " timestamp.");
  }

  @Test
  void reportsAllProblemsOfAllSteps() {
    step("a", "SELECT x FROM readings");
    step("b", "SELECT rand() AS r, y FROM nothing");
    step(
        "c",
        "SELECT * FROM readings",
        new Expectation(CHECK, "one", "z > 1", Otherwise.WARN),
        new Expectation(CHECK, "two", "samples", Otherwise.WARN));
    assertThat(problems()).hasSize(5);
  }

  private void step(String name, String sql, Expectation... expectations) {
    steps.put(name, new StepDefinition(STEP, sql, List.of(expectations), List.of()));
  }

  private void measured(String sql, BatchMeasure... measures) {
    List<BatchExpectation> expectations = new ArrayList<>();
    for (BatchMeasure measure : measures) {
      expectations.add(
          new BatchExpectation(
              CHECK,
              "e" + expectations.size(),
              measure,
              OptionalDouble.of(1),
              OptionalDouble.empty(),
              BatchExpectation.Otherwise.WARN));
    }
    steps.put("s", new StepDefinition(STEP, sql, List.of(), expectations));
  }

  private static SinkDefinition sink(
      String table, String from, Mode mode, String partition, String... key) {
    var transform = PartitionTransform.parse(partition).orElseThrow();
    return new SinkDefinition(SINK, table, from, mode, List.of(transform), List.of(key));
  }

  private static SinkDefinition keyed(Mode mode, List<String> orderBy) {
    return new SinkDefinition(
        SINK,
        "a.b",
        "s",
        Rows.ACCEPTED,
        mode,
        List.of(),
        List.of("device_id"),
        orderBy,
        Optional.of(new Changes("op", Deletes.HARD, History.SCD1)).filter(c -> mode == Mode.CDC),
        Optional.empty());
  }

  private List<String> problems() {
    List<Problem> problems = new ArrayList<>();
    StepGraph.check(spark, plan(), problems);
    return problems.stream().map(p -> p.location() + " " + p.message()).toList();
  }

  private List<String> places() {
    List<Problem> problems = new ArrayList<>();
    StepGraph.check(spark, plan(), problems);
    return problems.stream().map(p -> p.place().map(Object::toString).orElse("none")).toList();
  }

  private QueryPlan plan() {
    return new QueryPlan(
        "p",
        new SourcePlan(
            new Location(5, 3),
            "readings",
            new KafkaDefinition("t", Start.EARLIEST),
            new FormatDefinition.Text(
                Optional.of(FormatDefinition.Pattern.APACHE_COMBINED),
                Optional.empty(),
                Optional.empty()),
            READINGS,
            eventTime,
            Optional.empty()),
        Map.of(
            "devices",
            new LookupDefinition(
                Location.START, "ref.devices", Map.of(), LookupDefinition.DEFAULT_REFRESH)),
        steps,
        sinks,
        "a.quarantine",
        "/c",
        "",
        new Pace(Pace.DEFAULT_TRIGGER, true, 1));
  }
}
