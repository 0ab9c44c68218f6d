/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.when;

import io.icestream.spark.decode.DecodedColumns;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A column of the key, from the key of the Kafka record: all that a tombstone has. That is a JSON
 * object with a field of the column's name, with or without the converter's {@code schema} and
 * {@code payload} around it, or the value itself if the key has one column. Null if it is neither,
 * or of a type that is written in other ways than as a text, a number or a truth value.
 */
final class RecordKey {
  private static final Map<DataType, String> PLAIN =
      Map.of(
          DataTypes.StringType, "^\"?(.*?)\"?$",
          DataTypes.IntegerType, "^(-?[0-9]{1,9})$",
          DataTypes.LongType, "^(-?[0-9]{1,18})$");

  private RecordKey() {}

  static Column column(String name, DataType type, List<String> key) {
    if (!PLAIN.containsKey(type) && !type.equals(DataTypes.BooleanType)) {
      return lit(null).cast(type);
    }
    Column text = col(DecodedColumns.SOURCE).getField("key").cast(DataTypes.StringType);
    StructType field = new StructType().add(name, type);
    Column inside =
        from_json(text, new StructType().add("payload", field)).getField("payload").getField(name);
    Column value = coalesce(from_json(text, field).getField(name), inside);
    if (key.size() == 1 && PLAIN.containsKey(type)) {
      Column plain = regexp_extract(text, PLAIN.get(type), 1);
      value =
          when(text.startsWith("{"), value).otherwise(when(plain.notEqual(""), plain).cast(type));
    }
    return value;
  }
}
