/* SPDX-License-Identifier: MIT */
package io.icestream.bench.lake;

import io.icestream.bench.BenchException;
import io.icestream.bench.workload.RowShape;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/** How a table is partitioned: by day, not at all, or by a hash of its first column. */
public sealed interface Partitions {
  /** By the day of the rows' time. */
  record Days() implements Partitions {
    @Override
    public PartitionSpec of(Schema schema, RowShape shape) {
      return PartitionSpec.builderFor(schema).day(shape.time()).build();
    }

    @Override
    public String yaml(RowShape shape) {
      return "[days(" + shape.time() + ")]";
    }

    @Override
    public String toString() {
      return "by day";
    }
  }

  /** All rows in one partition. */
  record None() implements Partitions {
    @Override
    public PartitionSpec of(Schema schema, RowShape shape) {
      return PartitionSpec.unpartitioned();
    }

    @Override
    public String yaml(RowShape shape) {
      return "[]";
    }

    @Override
    public String toString() {
      return "without partitions";
    }
  }

  /**
   * Rows in all partitions alike.
   *
   * @param number of partitions, at least 1
   */
  record Buckets(int number) implements Partitions {
    @Override
    public PartitionSpec of(Schema schema, RowShape shape) {
      return PartitionSpec.builderFor(schema).bucket(column(shape), number).build();
    }

    @Override
    public String yaml(RowShape shape) {
      return "[\"bucket(" + number + ", " + column(shape) + ")\"]";
    }

    private static String column(RowShape shape) {
      return shape.columns().get(0).name();
    }

    @Override
    public String toString() {
      return "in " + number + " buckets";
    }
  }

  /** The default. */
  Partitions BY_DAY = new Days();

  /**
   * Reads an option.
   *
   * @param text {@code day}, {@code none}, or a number of buckets
   * @throws BenchException if it is neither
   */
  static Partitions of(String text) {
    if (text.equals("day")) {
      return BY_DAY;
    } else if (text.equals("none")) {
      return new None();
    } else if (text.matches("[1-9][0-9]{0,3}")) {
      return new Buckets(Integer.parseInt(text));
    }
    throw new BenchException(
        "Partitions are 'day', 'none' or a number of buckets up to 9999, found '" + text + "'.");
  }

  /** As Iceberg takes it. */
  PartitionSpec of(Schema schema, RowShape shape);

  /** As the pipeline file takes it. */
  String yaml(RowShape shape);
}
