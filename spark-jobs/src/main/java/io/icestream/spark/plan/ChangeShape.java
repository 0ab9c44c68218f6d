/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How the rows of a step are read as new versions of keyed rows.
 *
 * @param envelope whether they are Debezium's: the row itself is in {@code before} and {@code
 *     after}
 * @param data the columns of the row itself
 * @param order what tells which of two versions is newer, the most significant first; without
 *     fields if the Kafka position alone does
 */
public record ChangeShape(boolean envelope, StructType data, StructType order) {
  public static final String BEFORE = "before";
  public static final String AFTER = "after";

  /** Says where in the database's log a change is. */
  public static final String SOURCE = "source";

  /** Names the columns whose value a change does not tell; an optional column of the rows. */
  public static final String UNAVAILABLE = "_unavailable";

  /**
   * The place of a change in the log of its database: rows of a snapshot before what was streamed,
   * then the number of the log file, where the database has several, and the place in it.
   */
  public static final StructType LOG_POSITION =
      new StructType()
          .add("streamed", DataTypes.BooleanType)
          .add("file", DataTypes.LongType)
          .add("pos", DataTypes.LongType);

  public ChangeShape {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(order, "order");
  }

  /**
   * Reads the columns of a step as a sink with a key means them. An order column that is not there
   * is left out.
   */
  public static ChangeShape of(SinkDefinition sink, StructType columns) {
    List<String> names = Arrays.asList(columns.fieldNames());
    boolean envelope =
        sink.mode() == Mode.CDC
            && !names.containsAll(sink.key())
            && struct(columns, BEFORE).isPresent()
            && struct(columns, AFTER).isPresent();
    StructType data = envelope ? struct(columns, AFTER).orElseThrow() : columns;
    if (sink.mode() == Mode.CDC && !envelope) {
      data = without(data, List.of(sink.changes().orElseThrow().op(), UNAVAILABLE));
    }
    StructType order = new StructType();
    for (String name : sink.orderBy()) {
      StructType holder = names.contains(name) ? columns : data;
      if (Arrays.asList(holder.fieldNames()).contains(name)) {
        order = order.add(name, holder.apply(name).dataType());
      }
    }
    if (envelope && sink.orderBy().isEmpty() && struct(columns, SOURCE).isPresent()) {
      order = LOG_POSITION;
    }
    return new ChangeShape(envelope, data.asNullable(), order);
  }

  /** Whether the order is the place in the database's log, which no two changes of a row share. */
  public boolean isByLog() {
    return order.equals(LOG_POSITION);
  }

  private static Optional<StructType> struct(StructType columns, String name) {
    return Arrays.stream(columns.fields())
        .filter(f -> f.name().equals(name) && f.dataType() instanceof StructType)
        .map(f -> (StructType) f.dataType())
        .findFirst();
  }

  private static StructType without(StructType columns, List<String> names) {
    return new StructType(
        Arrays.stream(columns.fields())
            .filter(f -> !names.contains(f.name()))
            .toArray(StructField[]::new));
  }
}
