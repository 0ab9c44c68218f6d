/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.shape.EntriesType.NameForm;
import io.icestream.model.shape.ParsedText;
import io.icestream.model.shape.Type;

/** What names look like. */
final class Names {
  private static final String SQL = "[A-Za-z][A-Za-z0-9_]{0,62}";
  private static final String TABLE = "[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+";

  /** The name of a pipeline, which is a folder's name too. */
  static final Type<String> PIPELINE_NAME =
      ParsedText.matching(
          "name",
          "[A-Za-z][A-Za-z0-9-]{0,62}",
          (subject, found) ->
              "'name' is " + found + ". Use letters, digits and dashes, a letter first.");

  /** The name of a table as a value. */
  static final Type<String> TABLE_NAME =
      ParsedText.matching("table", TABLE, (subject, found) -> noTable(found));

  /** Tables as names of entries. */
  static final NameForm TABLES = new NameForm(TABLE, (subject, found) -> noTable(found));

  /** Names that SQL can say. */
  static final NameForm SQL_NAMES =
      new NameForm(
          SQL,
          (subject, found) ->
              subject
                  + " cannot be named in SQL. Use letters, digits and underscores, a letter"
                  + " first.");

  private Names() {}

  /** Whether SQL can say a name without quotes. */
  static boolean isSqlName(String name) {
    return name.matches(SQL);
  }

  private static String noTable(String found) {
    return found + " is no table name. Write namespace.name, for example iot.readings.";
  }
}
