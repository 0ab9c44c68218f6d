/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as payloads are compared. */
public final class Digest {
  private Digest() {}

  /**
   * The digest of a payload as lower-case hexadecimal digits; {@value Oracle#NULL} for none.
   *
   * @param payload may be null
   */
  public static String of(byte[] payload) {
    if (payload == null) {
      return Oracle.NULL;
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
