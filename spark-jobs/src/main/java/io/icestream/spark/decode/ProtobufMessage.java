/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/** Reads the fields of a message, in whichever order they come. */
final class ProtobufMessage {
  private static final int[] NONE = {};

  private final ProtobufField[] fields;
  private final int[][] rivals;
  private final Map<Integer, Integer> ordinals = new HashMap<>();
  private final String path;
  private final Unknown unknown;
  private final Finish finish;

  /** What happens to fields that a message does not have, before they are skipped. */
  @FunctionalInterface
  interface Unknown {
    /**
     * @param path where the message is; empty at the top
     */
    void field(String path, int number) throws Rejection;
  }

  /** Makes a value of a message whose fields are read. */
  @FunctionalInterface
  private interface Finish {
    Object of(Object[] values) throws Rejection;
  }

  /**
   * @param message does not contain itself
   * @param path where it is; empty at the top
   * @param unknown is told of fields that the message does not have
   */
  ProtobufMessage(Descriptor message, String path, Unknown unknown) {
    List<FieldDescriptor> declared = message.getFields();
    this.fields = new ProtobufField[declared.size()];
    this.rivals = new int[declared.size()][];
    this.path = path;
    this.unknown = unknown;
    this.finish = finishOf(message);
    for (int i = 0; i < fields.length; i++) {
      FieldDescriptor field = declared.get(i);
      String fieldPath = path.isEmpty() ? field.getName() : path + "." + field.getName();
      fields[i] = field(field, fieldPath);
      rivals[i] = rivals(field);
      ordinals.put(field.getNumber(), i);
    }
  }

  /** The values of a message of which nothing has been read. */
  Object[] start() {
    return new Object[fields.length];
  }

  /** Reads up to the end of the input or to its limit. */
  void merge(CodedInputStream in, Object[] values) throws IOException, Rejection {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Integer ordinal = ordinals.get(WireFormat.getTagFieldNumber(tag));
      if (ordinal == null) {
        skip(tag, in);
      } else {
        for (int rival : rivals[ordinal]) {
          values[rival] = null;
        }
        int wireType = WireFormat.getTagWireType(tag);
        values[ordinal] = fields[ordinal].read(wireType, in, values[ordinal]);
      }
    }
  }

  /** Reads a length, and a message of that many bytes. */
  void mergeDelimited(CodedInputStream in, Object[] values) throws IOException, Rejection {
    int outer = in.pushLimit(in.readRawVarint32());
    merge(in, values);
    in.popLimit(outer);
  }

  /** Completes the values, in place, and makes one of them. */
  Object finish(Object[] values) throws Rejection {
    for (int i = 0; i < fields.length; i++) {
      values[i] = fields[i].finish(values[i]);
    }
    return finish.of(values);
  }

  private void skip(int tag, CodedInputStream in) throws IOException, Rejection {
    unknown.field(path, WireFormat.getTagFieldNumber(tag));
    if (!in.skipField(tag)) {
      throw new MalformedPayloadException("A group ends that has not begun");
    }
  }

  private ProtobufField field(FieldDescriptor field, String fieldPath) {
    boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (nested) {
      String itemPath = field.isMapField() || !field.isRepeated() ? fieldPath : fieldPath + "[]";
      ProtobufMessage message = new ProtobufMessage(field.getMessageType(), itemPath, unknown);
      if (field.isMapField()) {
        return new ProtobufField.Entries(message, fieldPath);
      }
      return field.isRepeated()
          ? new ProtobufField.RepeatedNested(message, fieldPath)
          : new ProtobufField.Nested(message, absence(field), fieldPath);
    }
    ProtobufScalar scalar = ProtobufScalar.of(field, fieldPath);
    int wireType = field.getLiteType().getWireType();
    if (field.isRepeated()) {
      return new ProtobufField.Repeated(scalar, wireType, fieldPath);
    }
    boolean mayBeAbsent = field.hasPresence() && !isInEntry(field) && !isInWrapper(field);
    Object fallback = mayBeAbsent ? null : ProtobufScalar.fallback(field);
    return new ProtobufField.Single(scalar, wireType, fallback, field.isRequired(), fieldPath);
  }

  private static ProtobufField.Absence absence(FieldDescriptor field) {
    if (field.isRequired()) {
      return ProtobufField.Absence.REJECTED;
    }
    return isInEntry(field) ? ProtobufField.Absence.EMPTY : ProtobufField.Absence.NULL;
  }

  private static boolean isInEntry(FieldDescriptor field) {
    return field.getContainingType().getOptions().getMapEntry();
  }

  private static boolean isInWrapper(FieldDescriptor field) {
    return ProtobufColumns.isWrapper(field.getContainingType());
  }

  /** The other fields of the oneof that a field is in: setting one clears the rest. */
  private static int[] rivals(FieldDescriptor field) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    if (oneof == null) {
      return NONE;
    }
    return oneof.getFields().stream()
        .filter(other -> other.getNumber() != field.getNumber())
        .mapToInt(FieldDescriptor::getIndex)
        .toArray();
  }

  private Finish finishOf(Descriptor message) {
    if (ProtobufColumns.isTimestamp(message)) {
      return this::micros;
    }
    return ProtobufColumns.isWrapper(message) ? values -> values[0] : GenericInternalRow::new;
  }

  private Object micros(Object[] values) throws Rejection {
    long seconds = (Long) values[0];
    int nanos = (Integer) values[1];
    // From year 1 to year 9999, as google/protobuf/timestamp.proto has it
    if (seconds < -62_135_596_800L
        || seconds > 253_402_300_799L
        || nanos < 0
        || nanos > 999_999_999) {
      throw new Rejection(
          "out_of_range",
          path + ": " + seconds + " s and " + nanos + " ns since 1970 is no timestamp");
    }
    return seconds * 1_000_000 + nanos / 1_000;
  }
}
