/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.spark.sql.catalyst.InternalRow;

/** Reads the fields of one record of the reader's schema into a row. */
final class AvroRecord {
  private final AvroValue[] values;

  AvroRecord(Schema record, String path) {
    List<Schema.Field> fields = record.getFields();
    this.values = new AvroValue[fields.size()];
    for (Schema.Field field : fields) {
      String fieldPath = path.isEmpty() ? field.name() : path + "." + field.name();
      values[field.pos()] = AvroValue.of(field.schema(), fieldPath);
    }
  }

  int size() {
    return values.length;
  }

  /** Fields arrive in the writer's order, those with a default last. */
  void fill(ResolvingDecoder in, InternalRow row) throws IOException, Rejection {
    for (Schema.Field field : in.readFieldOrder()) {
      row.update(field.pos(), values[field.pos()].read(in));
    }
  }
}
