/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.schema.ColumnPath;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * One JSON object per document, read strictly against the columns. What is plain is read in one
 * pass over the bytes; all else by a parser that can say what is wrong.
 */
final class JsonDecoder implements RecordDecoder {
  private final StructType columns;
  private final UnknownFields unknownFields;
  private transient Unexpected unexpected;
  private transient JsonObjectReader reader;
  private transient PlainJson plain;
  private transient Luck luck;

  JsonDecoder(StructType columns, UnknownFields unknownFields) {
    this.columns = columns;
    this.unknownFields = unknownFields;
  }

  @Override
  public void report(DriftLog drift) {
    unexpected = Unexpected.of(unknownFields, drift);
    reader = new JsonObjectReader(columns, ColumnPath.ROOT, unexpected);
    plain = new PlainJson(columns);
    luck = new Luck();
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    if (reader == null) {
      report(new DriftLog());
    }
    if (luck.isWorthATry()) {
      boolean isPlain = plain.fill(payload, row);
      luck.add(isPlain);
      if (isPlain) {
        return;
      }
      for (int i = 0; i < columns.length(); i++) {
        row.setNullAt(i);
      }
    }
    unexpected.start();
    JsonText.read(payload, parser -> reader.fill(parser, row));
    unexpected.finish();
  }

  /** Whether documents are plain often enough. A topic's documents mostly are alike. */
  private static final class Luck {
    private static final int TRIES = 64;
    private static final int PAUSE = 4096;

    private int tries;
    private int plain;
    private int pause;

    boolean isWorthATry() {
      return pause == 0 || --pause == 0;
    }

    void add(boolean isPlain) {
      tries++;
      plain += isPlain ? 1 : 0;
      if (tries == TRIES) {
        pause = plain < TRIES / 4 ? PAUSE : 0;
        tries = 0;
        plain = 0;
      }
    }
  }
}
