/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Texts by their place in the order in which they came. */
final class TextDictionary {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST = 1 << 8;

  /** An odd number close to 2^64 divided by the golden ratio. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final ValueBytes values = new ValueBytes();

  /** Places of texts, plus one; zero is free. Twice as many as texts at least. */
  private int[] slots = new int[2 * FIRST];

  private int[] hashes = new int[FIRST];

  /** Where texts begin in the values, and where the last one ends. */
  private int[] places = new int[FIRST + 1];

  private int size;
  private int last = -1;

  int size() {
    return size;
  }

  ValueBytes values() {
    return values;
  }

  /** Where a text is among the values, behind its length. */
  int from(int id) {
    return places[id] + Integer.BYTES;
  }

  /** Where a text ends among the values. */
  int to(int id) {
    return places[id + 1];
  }

  void clear() {
    slots = new int[2 * FIRST];
    hashes = new int[FIRST];
    places = new int[FIRST + 1];
    values.clear();
    size = 0;
    last = -1;
  }

  /** The place of a text, which is new if it was not there. */
  int id(byte[] bytes, int from, int to) {
    if (last >= 0 && is(last, bytes, from, to)) {
      return last;
    }
    int hash = hash(bytes, from, to);
    int slot = hash & (slots.length - 1);
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (hashes[id] == hash && is(id, bytes, from, to)) {
        last = id;
        return id;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (size == hashes.length) {
      grow();
      slot = free(hash);
    }
    slots[slot] = size + 1;
    hashes[size] = hash;
    values.addText(bytes, from, to - from);
    places[size + 1] = values.size();
    last = size;
    return size++;
  }

  private boolean is(int id, byte[] bytes, int from, int to) {
    return Arrays.equals(values.array(), from(id), to(id), bytes, from, to);
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * size);
    places = Arrays.copyOf(places, 2 * size + 1);
    slots = new int[2 * hashes.length];
    for (int id = 0; id < size; id++) {
      slots[free(hashes[id])] = id + 1;
    }
  }

  private int free(int hash) {
    int slot = hash & (slots.length - 1);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  /** Eight bytes at a time, then what is left. */
  private static int hash(byte[] bytes, int from, int to) {
    long hash = SPREAD;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(bytes, at)) * SPREAD;
      hash ^= hash >>> 29;
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
    }
    hash = (hash ^ rest) * SPREAD;
    return (int) (hash ^ (hash >>> Integer.SIZE));
  }
}
