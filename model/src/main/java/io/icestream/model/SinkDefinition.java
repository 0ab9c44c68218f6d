/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An Iceberg table that the pipeline writes.
 *
 * @param location where it stands in the file
 * @param table the table: namespace and name, joined by a dot; with {@code route} what the names of
 *     the tables begin with
 * @param from the step or source whose rows it gets
 * @param rows which of its rows
 * @param mode how rows arrive in the table
 * @param partitionBy Iceberg partition transforms, such as {@code days(event_time)}; none by
 *     default
 * @param key the columns that identify a row; only for {@link Mode#UPSERT} and {@link Mode#CDC}
 * @param orderBy the columns that tell which of two rows with the same key is newer, the most
 *     significant first; rows that are equal in them, and all rows if there are none, are ordered
 *     by their Kafka position
 * @param changes what the rows' operations do; there for {@link Mode#CDC} and for no other
 * @param route which table a row goes to; empty: all go to one. Only for {@link Mode#APPEND}
 */
public record SinkDefinition(
    Location location,
    String table,
    String from,
    Rows rows,
    Mode mode,
    List<PartitionTransform> partitionBy,
    List<String> key,
    List<String> orderBy,
    Optional<Changes> changes,
    Optional<Route> route) {
  public SinkDefinition {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(mode, "mode");
    partitionBy = List.copyOf(partitionBy);
    key = List.copyOf(key);
    orderBy = List.copyOf(orderBy);
    Objects.requireNonNull(changes, "changes");
    Objects.requireNonNull(route, "route");
    if (changes.isPresent() != (mode == Mode.CDC)) {
      throw new IllegalArgumentException("A sink has changes if its mode is cdc, and only then");
    }
  }

  /** A sink that takes rows as they are. */
  public SinkDefinition(
      Location location,
      String table,
      String from,
      Mode mode,
      List<PartitionTransform> partitionBy,
      List<String> key) {
    this(
        location,
        table,
        from,
        Rows.ACCEPTED,
        mode,
        partitionBy,
        key,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Which rows of a source or step a sink takes. */
  public enum Rows {
    /** Those that go on. */
    ACCEPTED,
    /** Those of the source that are behind its watermark. */
    LATE
  }

  /** How rows arrive in the table. */
  public enum Mode {
    /** Every row is added, with its Kafka position. */
    APPEND,
    /** A row replaces the one with the same key. */
    UPSERT,
    /** A row is a change of the one with the same key: an insertion, an update or a deletion. */
    CDC
  }

  /**
   * What the rows of a sink with {@link Mode#CDC} say of their keys.
   *
   * @param op the column that says what happened: {@code c}, {@code r}, {@code u}, {@code d},
   *     {@code t} or {@code tombstone}, as Debezium has them; default {@code op}
   * @param deletes what becomes of a deleted row; default {@link Deletes#HARD}
   * @param history whether earlier versions are kept; default {@link History#SCD1}
   */
  public record Changes(String op, Deletes deletes, History history) {
    public Changes {
      Objects.requireNonNull(op, "op");
      Objects.requireNonNull(deletes, "deletes");
      Objects.requireNonNull(history, "history");
    }
  }

  /** What becomes of a deleted row. */
  public enum Deletes {
    /** It is removed. */
    HARD,
    /** It stays and is marked. */
    SOFT
  }

  /** Whether earlier versions of a row are kept. */
  public enum History {
    /** Only the newest version is. */
    SCD1,
    /** Each version is, with the time from and to which it was valid. */
    SCD2
  }

  /**
   * Which table a row goes to.
   *
   * @param column the column whose value names the table
   * @param maxTables how many tables there may be; a row that would need another goes to quarantine
   */
  public record Route(String column, int maxTables) {
    public Route {
      Objects.requireNonNull(column, "column");
    }
  }
}
