/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A version of a pipeline: everything that is asked of EMR Serverless to start it.
 *
 * @param id the hash of the request
 * @param request the body of StartJobRun, as JSON
 */
public record Release(String id, String request) {
  private static final int ID_LENGTH = 16;

  public Release {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(request, "request");
  }

  /** The version that a request asks for. */
  public static Release of(String request) {
    return new Release(Hash.of(request).substring(0, ID_LENGTH), request);
  }

  boolean is(Release other) {
    return id.equals(other.id);
  }

  /** SHA-256 in hexadecimal. */
  static final class Hash {
    private Hash() {}

    static String of(String text) {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Each Java platform has SHA-256", e);
      }
    }
  }
}
