/* SPDX-License-Identifier: MIT */
package io.icestream.spark.kept;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Rows of one task, one after the other in a few large arrays. As objects of their own they would
 * cost more to keep, and to measure for Spark's memory, than to make.
 */
final class RowPages implements Serializable {
  private static final long serialVersionUID = 1;

  /** Before each row stands its size. A row begins where a long may stand. */
  private static final int HEADER = Long.BYTES;

  private final int fields;
  private final byte[][] pages;
  private final int[] ends;

  private RowPages(int fields, List<byte[]> pages, List<Integer> ends) {
    this.fields = fields;
    this.pages = pages.toArray(byte[][]::new);
    this.ends = ends.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The rows. Each is the one before it, pointed at another place. */
  Iterator<InternalRow> rows() {
    return new Iterator<>() {
      private final UnsafeRow row = new UnsafeRow(fields);
      private int page;
      private int position;

      @Override
      public boolean hasNext() {
        while (page < pages.length && position == ends[page]) {
          page++;
          position = 0;
        }
        return page < pages.length;
      }

      @Override
      public InternalRow next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        long start = (long) Platform.BYTE_ARRAY_OFFSET + position;
        int size = Math.toIntExact(Platform.getLong(pages[page], start));
        row.pointTo(pages[page], start + HEADER, size);
        position += HEADER + size;
        return row;
      }
    };
  }

  /** Takes rows up. */
  static final class Builder {
    private static final int FIRST_PAGE = 1 << 14;
    private static final int LARGEST_PAGE = 1 << 22;

    private final int fields;
    private final List<byte[]> pages = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private byte[] page = new byte[FIRST_PAGE];
    private int position;

    /**
     * @param fields how many columns the rows have
     */
    Builder(int fields) {
      this.fields = fields;
    }

    /** Copies a row. */
    void add(UnsafeRow row) {
      int size = row.getSizeInBytes();
      if (position + HEADER + size > page.length) {
        turn(HEADER + size);
      }
      long start = (long) Platform.BYTE_ARRAY_OFFSET + position;
      Platform.putLong(page, start, size);
      row.writeToMemory(page, start + HEADER);
      position += HEADER + size;
    }

    RowPages build() {
      pages.add(Arrays.copyOf(page, position));
      ends.add(position);
      return new RowPages(fields, pages, ends);
    }

    private void turn(int needed) {
      if (position > 0) {
        pages.add(page);
        ends.add(position);
      }
      page = new byte[Math.max(needed, Math.min(2 * page.length, LARGEST_PAGE))];
      position = 0;
    }
  }
}
