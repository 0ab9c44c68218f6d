/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary encoding from an array. Unlike Avro's own decoder it believes no length: what
 * a payload claims to hold is compared with what is left of it before anything is allocated or
 * repeated.
 */
final class AvroBytes extends Decoder {
  /** Items of no bytes that one payload may hold, such as nulls that only its writer knows. */
  private static final int ITEMS_WITHOUT_BYTES = 10_000;

  private byte[] bytes = {};
  private int at;
  private int end;
  private long itemsLeft;

  /** Starts over with other bytes. */
  void reset(ByteBuffer value) {
    bytes = value.array();
    at = value.arrayOffset() + value.position();
    end = at + value.remaining();
    itemsLeft = value.remaining() + (long) ITEMS_WITHOUT_BYTES;
  }

  /** How many bytes have not been read. */
  int remaining() {
    return end - at;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    require(1);
    byte value = bytes[at++];
    if (value != 0 && value != 1) {
      throw malformed("A boolean is " + value + ", neither 0 nor 1");
    }
    return value == 1;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw malformed("An int is " + value + ", which has more than 32 bits");
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      require(1);
      byte part = bytes[at++];
      if (shift == 63 && part > 1) {
        break;
      }
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw malformed("A number has more than 64 bits");
  }

  @Override
  public float readFloat() throws IOException {
    require(4);
    return Float.intBitsToFloat((int) littleEndian(4));
  }

  @Override
  public double readDouble() throws IOException {
    require(8);
    return Double.longBitsToDouble(littleEndian(8));
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return new Utf8(take(length()));
  }

  @Override
  public String readString() throws IOException {
    return new String(take(length()), StandardCharsets.UTF_8);
  }

  @Override
  public void skipString() throws IOException {
    skipBytes();
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    return ByteBuffer.wrap(take(length()));
  }

  @Override
  public void skipBytes() throws IOException {
    int length = length();
    at += length;
  }

  @Override
  public void readFixed(byte[] target, int start, int length) throws IOException {
    require(length);
    System.arraycopy(bytes, at, target, start, length);
    at += length;
  }

  @Override
  public void skipFixed(int length) throws IOException {
    require(length);
    at += length;
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    return items();
  }

  @Override
  public long arrayNext() throws IOException {
    return items();
  }

  @Override
  public long skipArray() throws IOException {
    return skipItems();
  }

  @Override
  public long readMapStart() throws IOException {
    return items();
  }

  @Override
  public long mapNext() throws IOException {
    return items();
  }

  @Override
  public long skipMap() throws IOException {
    return skipItems();
  }

  /** How many items the next block of an array or a map has; 0 at its end. */
  private long items() throws IOException {
    long count = readLong();
    if (count < 0) {
      // The block says its size too, so that it can be skipped
      require(readLong());
      count = -count;
    }
    // Each item has a byte of its own, but for those of no bytes. The smallest long stays negative
    if (count < 0 || count > itemsLeft) {
      throw malformed("A block claims " + count + " items, and " + remaining() + " bytes are left");
    }
    itemsLeft -= count;
    return count;
  }

  /** Skips blocks that say their size; gives the items of the first one that does not. */
  private long skipItems() throws IOException {
    long count = readLong();
    while (count < 0) {
      long size = readLong();
      require(size);
      at += (int) size;
      count = readLong();
    }
    if (count > itemsLeft) {
      throw malformed("A block claims " + count + " items, and " + remaining() + " bytes are left");
    }
    itemsLeft -= count;
    return count;
  }

  private int length() throws IOException {
    long length = readLong();
    require(length);
    return (int) length;
  }

  private byte[] take(int length) {
    byte[] taken = new byte[length];
    System.arraycopy(bytes, at, taken, 0, length);
    at += length;
    return taken;
  }

  private long littleEndian(int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes[at++] & 0xffL) << (8 * i);
    }
    return value;
  }

  private void require(long length) throws IOException {
    if (length < 0 || length > end - at) {
      throw malformed("A value of " + length + " bytes begins, and " + remaining() + " are left");
    }
  }

  private static MalformedPayloadException malformed(String message) {
    return new MalformedPayloadException(message);
  }
}
