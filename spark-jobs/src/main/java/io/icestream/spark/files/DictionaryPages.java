/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import static org.apache.iceberg.shaded.org.apache.parquet.column.Encoding.PLAIN;
import static org.apache.iceberg.shaded.org.apache.parquet.column.Encoding.RLE_DICTIONARY;

import java.io.IOException;
import java.util.Arrays;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.BytesInput;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.DictionaryPage;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.PageWriter;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType;

/**
 * A column whose values are written by their place in a dictionary as long as that is shorter. What
 * the first page has shown holds for the next files, too, until it is tried again.
 */
abstract sealed class DictionaryPages extends ColumnPages permits NumberPages, TextPages {
  private static final int FIRST = 1 << 10;

  final ValueBytes plain = new ValueBytes();
  private final RepeatingColumns.Column repeating;
  private final int mostBytes;
  private boolean byId;
  private boolean written;
  private int[] ids = new int[FIRST];
  private int count;
  private long asIs;
  private long asIds;

  DictionaryPages(
      PrimitiveType column, int ordinal, PageLimits limits, RepeatingColumns.Column repeating) {
    super(column, ordinal, limits);
    this.repeating = repeating;
    this.mostBytes = limits.dictionary();
  }

  @Override
  final void beginValues() {
    byId = repeating.isWorthATry();
    written = false;
    asIs = 0;
    asIds = 0;
    clearDictionary();
    beginPage();
  }

  /** Whether the page's values are looked up, and {@link #addId added} as what that gives. */
  final boolean isById() {
    return byId;
  }

  final void addId(int id) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
    }
    ids[count++] = id;
  }

  @Override
  final int valueBytes() {
    return byId ? Integer.BYTES * count : plain.size();
  }

  @Override
  final Page page(int values) throws IOException {
    if (!byId || values == 0) {
      return new Page(plain.view(), PLAIN);
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(entries() - 1);
    BytesInput page =
        BytesInput.concat(BytesInput.from(new byte[] {(byte) bits}), runs(ids, count, bits));
    for (int i = 0; i < count; i++) {
      asIs += size(ids[i]);
    }
    asIds += page.size();
    boolean pays = asIds + dictionary().size() < asIs;
    if (!written) {
      repeating.note(pays);
    }
    if (!pays && !written) {
      byId = false;
      for (int i = 0; i < count; i++) {
        addPlain(ids[i]);
      }
      return new Page(plain.view(), PLAIN);
    }
    written = true;
    byId = pays && dictionary().size() < mostBytes;
    return new Page(page, RLE_DICTIONARY);
  }

  @Override
  void beginPage() {
    plain.clear();
    count = 0;
  }

  @Override
  final void endValues(PageWriter writer) throws IOException {
    if (written) {
      writer.writeDictionaryPage(new DictionaryPage(dictionary().view(), entries(), PLAIN));
    }
  }

  abstract void clearDictionary();

  /** How many values the dictionary has. */
  abstract int entries();

  /** The values of the dictionary, one behind the other. */
  abstract ValueBytes dictionary();

  /** How many bytes a value of the dictionary takes in a page without one. */
  abstract int size(int id);

  /** Adds a value of the dictionary to {@link #plain}. */
  abstract void addPlain(int id);
}
