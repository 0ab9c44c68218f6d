/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that a Protobuf message describes. */
final class ProtobufColumns {
  private static final String TIMESTAMP = "google.protobuf.Timestamp";
  private static final Set<String> WRAPPERS =
      Set.of(
          "google.protobuf.DoubleValue",
          "google.protobuf.FloatValue",
          "google.protobuf.Int64Value",
          "google.protobuf.UInt64Value",
          "google.protobuf.Int32Value",
          "google.protobuf.UInt32Value",
          "google.protobuf.BoolValue",
          "google.protobuf.StringValue",
          "google.protobuf.BytesValue");

  private ProtobufColumns() {}

  /**
   * @throws IllegalArgumentException if a field has a type that no column can have; the message is
   *     the end of a sentence
   */
  static StructType of(Descriptor message) {
    return struct(message, "", Set.of());
  }

  static boolean isTimestamp(Descriptor message) {
    return message.getFullName().equals(TIMESTAMP);
  }

  /** Whether a message stands for a scalar that may be absent. */
  static boolean isWrapper(Descriptor message) {
    return WRAPPERS.contains(message.getFullName());
  }

  private static StructType struct(Descriptor message, String path, Set<String> outer) {
    Set<String> around = new HashSet<>(outer);
    if (!around.add(message.getFullName())) {
      throw unsupported(path, "a message that contains itself");
    }
    if (message.getFields().isEmpty()) {
      throw unsupported(path.isEmpty() ? message.getName() : path, "a message without fields");
    }
    StructField[] fields =
        message.getFields().stream()
            .map(f -> field(f, path.isEmpty() ? f.getName() : path + "." + f.getName(), around))
            .toArray(StructField[]::new);
    return new StructType(fields);
  }

  private static StructField field(FieldDescriptor field, String path, Set<String> outer) {
    boolean nullable = field.hasPresence() && !field.isRequired();
    return DataTypes.createStructField(field.getName(), type(field, path, outer), nullable);
  }

  private static DataType type(FieldDescriptor field, String path, Set<String> outer) {
    if (field.isMapField()) {
      Descriptor entry = field.getMessageType();
      return DataTypes.createMapType(
          single(entry.findFieldByNumber(1), path, outer),
          single(entry.findFieldByNumber(2), path + "{}", outer),
          false);
    }
    return field.isRepeated()
        ? DataTypes.createArrayType(single(field, path + "[]", outer), false)
        : single(field, path, outer);
  }

  private static DataType single(FieldDescriptor field, String path, Set<String> outer) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> DataTypes.IntegerType;
      case UINT32, FIXED32, INT64, SINT64, SFIXED64 -> DataTypes.LongType;
      case UINT64, FIXED64 -> ProtobufScalar.UNSIGNED_LONG;
      case FLOAT -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case BOOL -> DataTypes.BooleanType;
      case STRING, ENUM -> DataTypes.StringType;
      case BYTES -> DataTypes.BinaryType;
      case MESSAGE -> message(field.getMessageType(), path, outer);
      case GROUP -> throw unsupported(path, "a group");
    };
  }

  private static DataType message(Descriptor message, String path, Set<String> outer) {
    if (isTimestamp(message)) {
      return DataTypes.TimestampType;
    }
    return isWrapper(message)
        ? single(message.findFieldByNumber(1), path, outer)
        : struct(message, path, outer);
  }

  private static IllegalArgumentException unsupported(String path, String type) {
    return new IllegalArgumentException(
        "field '" + path + "' is " + type + ", which no column can hold. Give it another type");
  }
}
