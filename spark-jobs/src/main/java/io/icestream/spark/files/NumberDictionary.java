/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.Arrays;

/** Numbers by their place in the order in which they came. */
final class NumberDictionary {
  private static final int FIRST = 1 << 8;

  /** An odd number close to 2^64 divided by the golden ratio: spreads numbers that are close. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final int width;
  private final ValueBytes values = new ValueBytes();

  /** Places of values, plus one; zero is free. Twice as many as values at least. */
  private int[] slots = new int[2 * FIRST];

  private long[] numbers = new long[FIRST];
  private int size;
  private int last = -1;

  /**
   * @param width of a number, in bytes: 4 or 8
   */
  NumberDictionary(int width) {
    this.width = width;
  }

  int size() {
    return size;
  }

  ValueBytes values() {
    return values;
  }

  long number(int id) {
    return numbers[id];
  }

  void clear() {
    slots = new int[2 * FIRST];
    numbers = new long[FIRST];
    values.clear();
    size = 0;
    last = -1;
  }

  /** The place of a number, which is new if it was not there. */
  int id(long number) {
    if (last >= 0 && numbers[last] == number) {
      return last;
    }
    int slot = slot(number);
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (numbers[id] == number) {
        last = id;
        return id;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return add(number, slot);
  }

  private int add(long number, int slot) {
    if (size == numbers.length) {
      grow();
      return id(number);
    }
    numbers[size] = number;
    slots[slot] = size + 1;
    if (width == Integer.BYTES) {
      values.addInt((int) number);
    } else {
      values.addLong(number);
    }
    last = size;
    return size++;
  }

  private void grow() {
    numbers = Arrays.copyOf(numbers, 2 * size);
    slots = new int[2 * numbers.length];
    for (int id = 0; id < size; id++) {
      int slot = slot(numbers[id]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = id + 1;
    }
  }

  private int slot(long number) {
    long spread = number * SPREAD;
    return (int) ((spread >>> Integer.SIZE) ^ (spread >>> 44)) & (slots.length - 1);
  }
}
