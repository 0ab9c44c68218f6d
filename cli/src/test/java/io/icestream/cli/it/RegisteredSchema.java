/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema of a registry.
 *
 * @param id its id in Confluent's registry
 * @param version its version's id in Glue's
 * @param type {@code AVRO} or {@code PROTOBUF}
 * @param text the schema
 */
record RegisteredSchema(int id, UUID version, String type, String text) {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\d+)` \\| `([0-9a-f-]{36})` \\| `(\\w+\\.\\w+)` \\|$");

  static RegisteredSchema avro(int id, String text) {
    return new RegisteredSchema(id, new UUID(0, id), "AVRO", text);
  }

  static RegisteredSchema protobuf(int id, String text) {
    return new RegisteredSchema(id, new UUID(0, id), "PROTOBUF", text);
  }

  /**
   * Reads the table of a page that says which schemas the registry has.
   *
   * @param schemas the folder with the files that the table names
   */
  static List<RegisteredSchema> of(Path page, Path schemas) throws IOException {
    List<RegisteredSchema> all = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(page));
    while (row.find()) {
      String file = row.group(3);
      all.add(
          new RegisteredSchema(
              Integer.parseInt(row.group(1)),
              UUID.fromString(row.group(2)),
              file.endsWith(".avsc") ? "AVRO" : "PROTOBUF",
              Files.readString(schemas.resolve(file))));
    }
    return all;
  }
}
