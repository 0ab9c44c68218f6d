/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import com.google.protobuf.Descriptors.Descriptor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The header of a value, by which a schema registry's readers know the schema. */
sealed interface Framing {

  /** What stands before an Avro record. */
  byte[] header();

  /** What stands before a Protobuf message. */
  byte[] header(Descriptor message);

  /** No header. */
  record None() implements Framing {
    @Override
    public byte[] header() {
      return new byte[0];
    }

    @Override
    public byte[] header(Descriptor message) {
      return header();
    }
  }

  /**
   * A zero and the schema's id; with Protobuf, then the places of the message and of those around
   * it in the file, of which the very first is written as a single zero.
   */
  record Confluent(int id) implements Framing {
    @Override
    public byte[] header() {
      return ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
    }

    @Override
    public byte[] header(Descriptor message) {
      List<Integer> places = new ArrayList<>();
      for (Descriptor at = message; at != null; at = at.getContainingType()) {
        places.add(0, at.getIndex());
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(header());
      if (places.equals(List.of(0))) {
        all.write(0);
      } else {
        Varints.write(2 * places.size(), all);
        places.forEach(place -> Varints.write(2 * place, all));
      }
      return all.toByteArray();
    }
  }

  /**
   * Glue's version byte, no compression, and the id of the schema's version; with Protobuf, then
   * the place of the message among all of the file in the order of their full names.
   */
  record Glue(UUID version) implements Framing {
    @Override
    public byte[] header() {
      return ByteBuffer.allocate(18)
          .put((byte) 3)
          .put((byte) 0)
          .putLong(version.getMostSignificantBits())
          .putLong(version.getLeastSignificantBits())
          .array();
    }

    @Override
    public byte[] header(Descriptor message) {
      List<String> names = new ArrayList<>();
      message.getFile().getMessageTypes().forEach(top -> Varints.names(top, names));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(header());
      Varints.write(names.stream().sorted().toList().indexOf(message.getFullName()), all);
      return all.toByteArray();
    }
  }

  /** How places are written. */
  final class Varints {
    private Varints() {}

    static void write(int value, ByteArrayOutputStream to) {
      int left = value;
      while (left > 0x7F) {
        to.write((left & 0x7F) | 0x80);
        left >>>= 7;
      }
      to.write(left);
    }

    private static void names(Descriptor message, List<String> names) {
      names.add(message.getFullName());
      message.getNestedTypes().forEach(nested -> names(nested, names));
    }
  }
}
