/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition.Framing;
import io.icestream.spark.registry.SchemaId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A record's value without what stood before it.
 *
 * @param schema the schema that the framing names; empty without a framing
 * @param value the bytes from here to the end of the payload
 */
record Frame(Optional<SchemaId> schema, ByteBuffer value) {
  /** What a compressed value may grow to, in bytes. Kafka's own limit for a record is far below. */
  static final int LARGEST_VALUE = 64 << 20;

  private static final int CONFLUENT_HEADER = 5;
  private static final int GLUE_HEADER = 18;
  private static final byte GLUE_VERSION = 3;
  private static final byte GLUE_PLAIN = 0;
  private static final byte GLUE_ZLIB = 5;

  /**
   * Takes the framing off.
   *
   * @throws Rejection if it is not there
   */
  static Frame of(Framing framing, byte[] payload) throws Rejection {
    return switch (framing) {
      case NONE -> new Frame(Optional.empty(), ByteBuffer.wrap(payload));
      case CONFLUENT -> confluent(payload);
      case GLUE -> glue(payload);
    };
  }

  /** The value as an array of its own. */
  byte[] bytes() {
    int from = value.arrayOffset() + value.position();
    return Arrays.copyOfRange(value.array(), from, from + value.remaining());
  }

  private static Frame confluent(byte[] payload) throws Rejection {
    require(payload, (byte) 0, CONFLUENT_HEADER, Framing.CONFLUENT);
    ByteBuffer buffer = ByteBuffer.wrap(payload, 1, payload.length - 1);
    SchemaId id = new SchemaId.Numbered(buffer.getInt());
    return new Frame(Optional.of(id), buffer.slice());
  }

  private static Frame glue(byte[] payload) throws Rejection {
    require(payload, GLUE_VERSION, GLUE_HEADER, Framing.GLUE);
    ByteBuffer buffer = ByteBuffer.wrap(payload, 2, payload.length - 2);
    SchemaId id = new SchemaId.Version(new UUID(buffer.getLong(), buffer.getLong()));
    ByteBuffer value =
        switch (payload[1]) {
          case GLUE_PLAIN -> buffer.slice();
          case GLUE_ZLIB -> ByteBuffer.wrap(inflate(payload));
          default ->
              throw malformed(
                  "Compression byte is " + hex(payload[1]) + "; known are 0x00 and 0x05");
        };
    return new Frame(Optional.of(id), value);
  }

  private static void require(byte[] payload, byte first, int length, Framing framing)
      throws Rejection {
    String name = framing.name().toLowerCase(Locale.ROOT);
    if (payload.length == 0) {
      throw new Rejection("empty_payload", "The payload has no content");
    }
    if (payload[0] != first) {
      throw malformed(
          "First byte is " + hex(payload[0]) + "; framing " + name + " has " + hex(first));
    }
    if (payload.length < length) {
      throw malformed(
          "The payload has "
              + payload.length
              + " bytes; the header of framing "
              + name
              + " alone has "
              + length);
    }
  }

  private static byte[] inflate(byte[] payload) throws Rejection {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(payload, GLUE_HEADER, payload.length - GLUE_HEADER);
      ByteArrayOutputStream value = new ByteArrayOutputStream(4 * payload.length);
      byte[] part = new byte[8192];
      while (!inflater.finished()) {
        int length = inflater.inflate(part);
        if (length == 0 && !inflater.finished()) {
          throw malformed("The compressed value is cut off, or needs a dictionary");
        }
        if (value.size() + length > LARGEST_VALUE) {
          throw malformed("The compressed value is larger than " + LARGEST_VALUE + " bytes");
        }
        value.write(part, 0, length);
      }
      if (inflater.getRemaining() > 0) {
        throw malformed("There is more after the compressed value");
      }
      return value.toByteArray();
    } catch (DataFormatException e) {
      throw malformed("The compressed value is not zlib: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  private static String hex(byte value) {
    return String.format("0x%02x", value);
  }

  private static Rejection malformed(String detail) {
    return new Rejection("malformed_framing", detail);
  }
}
