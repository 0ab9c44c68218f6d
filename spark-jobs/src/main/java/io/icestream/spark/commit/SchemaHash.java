/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.spark.sql.types.StructType;

/** A short name for a set of columns, to tell in a table's history where they changed. */
final class SchemaHash {
  private static final int BYTES = 6;

  private SchemaHash() {}

  /** The same for the same names and types in the same order, whatever may be null. */
  static String of(StructType columns) {
    try {
      byte[] text = columns.asNullable().json().getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
