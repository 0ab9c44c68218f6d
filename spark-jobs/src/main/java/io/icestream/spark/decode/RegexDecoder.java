/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.icestream.model.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A line that a regular expression takes apart: its named groups are columns. The line has to match
 * as a whole. RE2/J matches in a time that grows with the line alone, whatever the expression.
 */
final class RegexDecoder implements RecordDecoder {
  private final StructType columns;
  private final String regex;
  private transient Pattern pattern;
  private transient int[] groups;

  RegexDecoder(StructType columns, String regex) {
    this.columns = columns;
    this.regex = regex;
  }

  /**
   * The columns of a regular expression.
   *
   * @param regex the expression
   * @param schema types of the groups; empty: all are texts, in the order of the expression
   * @throws IllegalArgumentException if the expression is wrong or does not fit the schema; the
   *     message says why
   */
  static StructType columns(String regex, Optional<StructType> schema) {
    Map<String, Integer> groups = compiled(regex).namedGroups();
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(
          "needs a regex with named groups, such as (?P<name>[a-z]+): they are the columns");
    }
    if (schema.isPresent()) {
      return columns(groups, schema.get());
    }
    return groups.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .reduce(
            new StructType(),
            (columns, name) -> columns.add(name, DataTypes.StringType),
            (one, other) -> one);
  }

  private static StructType columns(Map<String, Integer> groups, StructType schema) {
    List<String> names = Arrays.asList(schema.fieldNames());
    for (String group : groups.keySet()) {
      if (!names.contains(group)) {
        throw new IllegalArgumentException(
            "has no column for the group '"
                + group
                + "' of the regex. "
                + Suggestion.of(group, names)
                + " Add it, or make the group (?:...)");
      }
    }
    return NamedColumns.filledBy(
        groups.keySet(), NamedColumns.ofTexts(schema), "group of the regex");
  }

  private static Pattern compiled(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "needs a regex in RE2 syntax, found '"
              + regex
              + "': "
              + e.getDescription()
              + (e.getPattern().equals(regex) ? "" : " '" + e.getPattern() + "'"),
          e);
    }
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    if (pattern == null) {
      pattern = compiled(regex);
      Map<String, Integer> named = pattern.namedGroups();
      groups =
          Arrays.stream(columns.fieldNames()).mapToInt(n -> named.getOrDefault(n, -1)).toArray();
    }
    String line = Utf8.line(payload, "malformed_text");
    if (line.isEmpty()) {
      throw new Rejection("empty_payload", "The payload has no content");
    }
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new Rejection("no_match", "The line as a whole does not match the regex");
    }
    for (int i = 0; i < groups.length; i++) {
      StructField field = columns.fields()[i];
      String text = groups[i] < 0 ? null : matcher.group(groups[i]);
      if (text != null) {
        row.update(i, TextValues.read(text, field.dataType(), field.name()));
      } else if (!field.nullable()) {
        throw new Rejection(
            "missing_field", field.name() + ": is required and its group took no part");
      }
    }
  }
}
