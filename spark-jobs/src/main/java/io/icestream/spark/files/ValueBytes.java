/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.BytesInput;

/** Values one behind the other as Parquet's encoding PLAIN has them, in memory that is kept. */
final class ValueBytes {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST = 1 << 10;

  private byte[] bytes = new byte[FIRST];
  private int size;

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  void addInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
  }

  void addLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
  }

  /** A text: its length, then its bytes. */
  void addText(byte[] from, int start, int length) {
    reserve(Integer.BYTES + length);
    INTS.set(bytes, size, length);
    System.arraycopy(from, start, bytes, size + Integer.BYTES, length);
    size += Integer.BYTES + length;
  }

  void addByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** What is there, good until something is added or cleared. */
  BytesInput view() {
    return BytesInput.from(bytes, 0, size);
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) grown()));
    }
  }

  private long grown() {
    return Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
  }
}
