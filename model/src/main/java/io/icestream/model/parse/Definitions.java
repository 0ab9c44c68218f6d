/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.BatchExpectation;
import io.icestream.model.BatchMeasure;
import io.icestream.model.Expectation;
import io.icestream.model.FormatDefinition;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.LookupDefinition;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineTest;
import io.icestream.model.QuarantineDefinition;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Changes;
import io.icestream.model.SinkDefinition.Route;
import io.icestream.model.SourceDefinition;
import io.icestream.model.StepDefinition;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.Values;
import io.icestream.model.shape.Written;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Values of a file without problems to records. */
final class Definitions {
  private Definitions() {}

  static PipelineDefinition pipeline(Path file, Values v) {
    Values quarantine = v.get(PipelineShape.QUARANTINE);
    return new PipelineDefinition(
        file,
        v.get(PipelineShape.NAME),
        v.get(PipelineShape.SOURCES).map((name, source) -> source(source)),
        v.get(PipelineShape.LOOKUPS).map((name, lookup) -> lookup(lookup)),
        v.get(PipelineShape.STEPS).map((name, step) -> step(step)),
        v.get(PipelineShape.SINKS).map(Definitions::sink),
        new QuarantineDefinition(
            quarantine.location(SinkShape.TABLE), quarantine.get(SinkShape.TABLE)),
        v.get(PipelineShape.TESTS).stream().map(test -> test(test.value())).toList());
  }

  private static SourceDefinition source(Values v) {
    Values kafka = v.get(SourceShape.KAFKA);
    return new SourceDefinition(
        v.location(),
        new KafkaDefinition(kafka.get(SourceShape.TOPIC), kafka.get(SourceShape.START)),
        format(v.get(SourceShape.FORMAT)),
        v.find(SourceShape.EVENT_TIME),
        v.find(SourceShape.WATERMARK));
  }

  private static FormatDefinition format(Values v) {
    if (v.is(FormatShapes.JSON)) {
      return new FormatDefinition.Json(
          v.get(FormatShapes.SCHEMA),
          v.get(FormatShapes.UNKNOWN_FIELDS),
          v.get(FormatShapes.LAYOUT),
          v.get(FormatShapes.FRAMING));
    } else if (v.is(FormatShapes.AVRO)) {
      return new FormatDefinition.Avro(
          v.get(FormatShapes.SCHEMA),
          v.find(FormatShapes.WRITER_SCHEMA),
          v.get(FormatShapes.UNKNOWN_FIELDS),
          v.get(FormatShapes.FRAMING));
    } else if (v.is(FormatShapes.PROTOBUF)) {
      return new FormatDefinition.Protobuf(
          v.get(FormatShapes.PROTOBUF_SCHEMA),
          v.find(FormatShapes.MESSAGE),
          v.get(FormatShapes.UNNAMED_FIELDS),
          v.get(FormatShapes.FRAMING));
    } else if (v.is(FormatShapes.CSV)) {
      return new FormatDefinition.Csv(
          v.get(FormatShapes.SCHEMA),
          v.get(FormatShapes.DELIMITER),
          v.find(FormatShapes.HEADER).map(Definitions::plain).orElse(List.of()));
    } else if (v.is(FormatShapes.TEXT)) {
      return new FormatDefinition.Text(
          v.find(FormatShapes.PATTERN),
          v.find(FormatShapes.REGEX),
          v.find(FormatShapes.GROUP_SCHEMA));
    } else if (v.is(FormatShapes.DEBEZIUM)) {
      return new FormatDefinition.Debezium(
          v.get(FormatShapes.ROW_SCHEMA), v.get(FormatShapes.UNKNOWN_FIELDS));
    } else if (v.is(FormatShapes.RAW)) {
      return new FormatDefinition.Raw(v.get(FormatShapes.AS));
    }
    throw new IllegalStateException("A format without a record");
  }

  private static LookupDefinition lookup(Values v) {
    return new LookupDefinition(
        v.location(),
        v.get(SourceShape.TABLE),
        v.get(SourceShape.COLUMNS).map((name, type) -> type),
        v.get(SourceShape.REFRESH));
  }

  private static StepDefinition step(Values v) {
    return new StepDefinition(
        v.location(StepShape.SQL),
        v.get(StepShape.SQL),
        List.copyOf(v.get(StepShape.EXPECT).map(Definitions::expectation).values()),
        List.copyOf(v.get(StepShape.EXPECT_BATCH).map(Definitions::batchExpectation).values()));
  }

  private static Expectation expectation(String name, Values v) {
    return new Expectation(
        v.location(StepShape.CHECK), name, v.get(StepShape.CHECK), v.get(StepShape.ROW_ELSE));
  }

  private static BatchExpectation batchExpectation(String name, Values v) {
    boolean time = v.is(StepShape.FRESHNESS);
    StepShape.Bounds<BigDecimal> numbers =
        v.is(StepShape.ROW_COUNT) ? StepShape.COUNT_BOUNDS : StepShape.SHARE_BOUNDS;
    return new BatchExpectation(
        v.location(),
        name,
        measure(v),
        time ? seconds(v, StepShape.TIME_BOUNDS.atLeast()) : number(v, numbers.atLeast()),
        time ? seconds(v, StepShape.TIME_BOUNDS.atMost()) : number(v, numbers.atMost()),
        v.get(StepShape.BATCH_ELSE));
  }

  private static BatchMeasure measure(Values v) {
    if (v.is(StepShape.ROW_COUNT)) {
      return new BatchMeasure.RowCount();
    }
    String column = v.get(StepShape.COLUMN);
    if (v.is(StepShape.NULL_SHARE)) {
      return new BatchMeasure.NullShare(column);
    } else if (v.is(StepShape.DISTINCT_SHARE)) {
      return new BatchMeasure.DistinctShare(column);
    } else if (v.is(StepShape.FRESHNESS)) {
      return new BatchMeasure.Freshness(column);
    }
    throw new IllegalStateException("A measure without a record");
  }

  private static OptionalDouble number(Values v, Key<BigDecimal> key) {
    return optional(v.find(key).map(BigDecimal::doubleValue));
  }

  private static OptionalDouble seconds(Values v, Key<Duration> key) {
    return optional(v.find(key).map(duration -> duration.toMillis() / 1000.0));
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static SinkDefinition sink(String table, Values v) {
    return new SinkDefinition(
        v.location(),
        table,
        v.get(SinkShape.FROM),
        v.get(SinkShape.ROWS),
        v.get(SinkShape.MODE),
        plain(v.get(SinkShape.PARTITION_BY)),
        plain(v.get(SinkShape.KEY)),
        plain(v.get(SinkShape.ORDER_BY)),
        Optional.of(changes(v)).filter(c -> v.get(SinkShape.MODE) == SinkDefinition.Mode.CDC),
        v.find(SinkShape.ROUTE_BY)
            .map(column -> new Route(column, v.get(SinkShape.MAX_TABLES).intValueExact())));
  }

  private static Changes changes(Values v) {
    return new Changes(v.get(SinkShape.OP), v.get(SinkShape.DELETES), v.get(SinkShape.HISTORY));
  }

  private static PipelineTest test(Values v) {
    return new PipelineTest(
        v.location(),
        v.get(PipelineShape.TEST_NAME),
        v.get(PipelineShape.GIVEN).map((name, records) -> plain(records)),
        v.get(PipelineShape.TEST_EXPECT).map((name, rows) -> plain(rows)));
  }

  private static <T> List<T> plain(List<Written<T>> written) {
    return written.stream().map(Written::value).toList();
  }
}
