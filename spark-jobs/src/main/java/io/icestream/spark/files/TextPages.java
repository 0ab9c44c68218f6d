/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.Arrays;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of texts. A text of the dictionary is compared with the bounds of a page only once. */
final class TextPages extends DictionaryPages {
  private static final byte[] NONE = {};

  private final TextDictionary dictionary = new TextDictionary();

  /** The page that a text of the dictionary was last in. */
  private int[] lastPages = new int[1 << 8];

  private int page;
  private boolean any;
  private byte[] least = NONE;
  private byte[] greatest = NONE;

  TextPages(
      PrimitiveType column, int ordinal, PageLimits limits, RepeatingColumns.Column repeating) {
    super(column, ordinal, limits, repeating);
  }

  @Override
  void addValue(InternalRow row) {
    UTF8String text = row.getUTF8String(ordinal);
    if (text.getBaseObject() instanceof byte[] bytes) {
      int from = (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
      add(bytes, from, from + text.numBytes());
    } else {
      byte[] bytes = text.getBytes();
      add(bytes, 0, bytes.length);
    }
  }

  private void add(byte[] bytes, int from, int to) {
    if (!isById()) {
      bound(bytes, from, to);
      plain.addText(bytes, from, to - from);
      return;
    }
    int id = dictionary.id(bytes, from, to);
    if (id >= lastPages.length) {
      lastPages = Arrays.copyOf(lastPages, 2 * lastPages.length);
    }
    if (lastPages[id] != page) {
      lastPages[id] = page;
      bound(bytes, from, to);
    }
    addId(id);
  }

  private void bound(byte[] bytes, int from, int to) {
    if (!any || Arrays.compareUnsigned(bytes, from, to, least, 0, least.length) < 0) {
      least = Arrays.copyOfRange(bytes, from, to);
    }
    if (!any || Arrays.compareUnsigned(bytes, from, to, greatest, 0, greatest.length) > 0) {
      greatest = Arrays.copyOfRange(bytes, from, to);
    }
    any = true;
  }

  @Override
  void describe(Statistics<?> statistics) {
    statistics.updateStats(Binary.fromConstantByteArray(least));
    statistics.updateStats(Binary.fromConstantByteArray(greatest));
  }

  @Override
  void beginPage() {
    super.beginPage();
    page++;
    any = false;
  }

  @Override
  void clearDictionary() {
    dictionary.clear();
    Arrays.fill(lastPages, 0);
  }

  @Override
  int entries() {
    return dictionary.size();
  }

  @Override
  ValueBytes dictionary() {
    return dictionary.values();
  }

  @Override
  int size(int id) {
    return dictionary.to(id) - dictionary.from(id) + Integer.BYTES;
  }

  @Override
  void addPlain(int id) {
    plain.addText(
        dictionary.values().array(), dictionary.from(id), dictionary.to(id) - dictionary.from(id));
  }
}
