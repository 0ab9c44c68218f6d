/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.apache.avro.Schema;

/**
 * Whether bytes are one value of a schema, without making it: a length that a stranger writes
 * decides about no memory, and nothing is taken that has more items than bytes.
 */
final class AvroCheck {

  private static final int DEEPEST = 100;

  private final ByteBuffer bytes;

  private AvroCheck(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /**
   * @throws UnfitRecordException if the bytes are anything else than one value
   */
  static void requireWhole(Schema schema, byte[] bytes) throws UnfitRecordException {
    AvroCheck check = new AvroCheck(bytes);
    check.value(schema, "", 0);
    if (check.bytes.hasRemaining()) {
      throw new UnfitRecordException(
          check.bytes.remaining() + " bytes follow the end of the record that the schema has");
    }
  }

  private void value(Schema schema, String path, int depth) throws UnfitRecordException {
    if (depth > DEEPEST) {
      throw unfit(path, "is deeper than " + DEEPEST + " levels");
    }
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> {
        int value = bytes(path, 1).get();
        if (value != 0 && value != 1) {
          throw unfit(path, "is not a boolean");
        }
      }
      case INT -> number(path, Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
      case LONG -> number(path, Long.MIN_VALUE, Long.MAX_VALUE, "a long");
      case FLOAT -> bytes(path, 4);
      case DOUBLE -> bytes(path, 8);
      case FIXED -> bytes(path, schema.getFixedSize());
      case BYTES -> bytes(path, number(path, 0, Integer.MAX_VALUE, "a length"));
      case STRING -> text(path);
      case ENUM -> number(path, 0, schema.getEnumSymbols().size() - 1, "one of the symbols");
      case UNION -> {
        long branch = number(path, 0, schema.getTypes().size() - 1, "a branch of the union");
        value(schema.getTypes().get((int) branch), path, depth + 1);
      }
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          value(field.schema(), AvroFields.below(path, field.name()), depth + 1);
        }
      }
      case ARRAY -> items(schema.getElementType(), false, path, depth);
      case MAP -> items(schema.getValueType(), true, path, depth);
    }
  }

  private void items(Schema item, boolean named, String path, int depth)
      throws UnfitRecordException {
    long before = 0;
    for (long count = count(path); count != 0; count = count(path)) {
      before += count;
      if (before > bytes.limit()) {
        throw unfit(path, "has more items than bytes");
      }
      for (long i = 0; i < count; i++) {
        if (named) {
          text(path);
        }
        value(item, path, depth + 1);
      }
    }
  }

  /** A negative count is followed by the block's size. */
  private long count(String path) throws UnfitRecordException {
    long count = number(path, -Integer.MAX_VALUE, Integer.MAX_VALUE, "a number of items");
    if (count < 0) {
      number(path, 0, Integer.MAX_VALUE, "a size");
    }
    return Math.abs(count);
  }

  private void text(String path) throws UnfitRecordException {
    try {
      UTF_8.newDecoder().decode(bytes(path, number(path, 0, Integer.MAX_VALUE, "a length")));
    } catch (CharacterCodingException e) {
      throw new UnfitRecordException(name(path) + " is not UTF-8", e);
    }
  }

  private ByteBuffer bytes(String path, long length) throws UnfitRecordException {
    if (length > bytes.remaining()) {
      throw unfit(path, "needs " + length + " bytes, " + bytes.remaining() + " are left");
    }
    ByteBuffer part = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  private long number(String path, long least, long most, String what) throws UnfitRecordException {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      if (shift > 63) {
        throw unfit(path, "is not " + what);
      }
      int part = bytes(path, 1).get();
      value |= (part & 0x7FL) << shift;
      if (part >= 0) {
        break;
      }
    }
    long decoded = (value >>> 1) ^ -(value & 1);
    if (decoded < least || decoded > most) {
      throw unfit(path, "is not " + what);
    }
    return decoded;
  }

  private static UnfitRecordException unfit(String path, String found) {
    return new UnfitRecordException(name(path) + " " + found);
  }

  private static String name(String path) {
    return path.isEmpty() ? "The record" : "Field " + path;
  }
}
