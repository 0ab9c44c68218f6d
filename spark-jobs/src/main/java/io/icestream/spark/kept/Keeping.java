/* SPDX-License-Identifier: MIT */
package io.icestream.spark.kept;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;

/** Takes up the rows of a task, and has them counted. */
final class Keeping<C extends Serializable>
    implements FlatMapFunction<Iterator<InternalRow>, KeptTask<C>> {
  private static final long serialVersionUID = 1;

  private final StructType columns;
  private final KeptRows.Counting<C> counting;

  Keeping(StructType columns, KeptRows.Counting<C> counting) {
    this.columns = columns;
    this.counting = counting;
  }

  @Override
  public Iterator<KeptTask<C>> call(Iterator<InternalRow> rows) {
    RowPages.Builder pages = new RowPages.Builder(columns.length());
    RowCounter<C> counter = counting.begin();
    try {
      UnsafeProjection projection = null;
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        if (counter.count(row)) {
          if (row instanceof UnsafeRow flat) {
            pages.add(flat);
          } else {
            projection = projection == null ? UnsafeProjection.create(columns) : projection;
            pages.add(projection.apply(row));
          }
        }
      }
      return List.of(new KeptTask<>(pages.build(), counter.counts())).iterator();
    } catch (RuntimeException | Error e) {
      counter.abandon(e);
      throw e;
    }
  }
}
