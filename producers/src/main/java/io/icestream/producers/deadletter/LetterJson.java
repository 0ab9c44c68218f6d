/* SPDX-License-Identifier: MIT */
package io.icestream.producers.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A letter as one line of JSON: origin, place, topic, reason, payload_bytes, payload_sha256,
 * payload (base64). A payload of more than {@value #MOST_PAYLOAD} bytes is cut there, with {@code
 * payload_cut: true}: a message of SQS has its bound.
 */
final class LetterJson {

  /** As base64 and with the rest it stays below the 256 KiB of a message. */
  static final int MOST_PAYLOAD = 180 << 10;

  /** In ASCII, because SQS refuses a message with certain characters. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private LetterJson() {}

  static String of(DeadLetter letter) {
    byte[] payload = letter.payload();
    boolean cut = payload.length > MOST_PAYLOAD;
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("origin", letter.origin());
      json.writeStringField("place", letter.place());
      json.writeStringField("topic", letter.topic());
      json.writeStringField("reason", letter.reason());
      if (payload.length > 0) {
        json.writeNumberField("payload_bytes", payload.length);
        json.writeStringField("payload_sha256", sha256(payload));
        json.writeBooleanField("payload_cut", cut);
        json.writeStringField(
            "payload",
            Base64.getEncoder()
                .encodeToString(cut ? Arrays.copyOf(payload, MOST_PAYLOAD) : payload));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
