/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.icestream.model.shape.Problems;
import io.icestream.model.shape.Values;

/** Checks of formats beyond their shapes: the regular expressions of text. */
final class FormatChecks {
  private FormatChecks() {}

  static void check(Values pipeline, Problems problems) {
    PipelineChecks.entries(pipeline, PipelineShape.SOURCES)
        .forEach(
            (entry, source) ->
                source
                    .find(SourceShape.FORMAT)
                    .filter(format -> format.is(FormatShapes.TEXT))
                    .ifPresent(format -> checkRegex(format, problems)));
  }

  private static void checkRegex(Values format, Problems problems) {
    format
        .find(FormatShapes.REGEX)
        .ifPresent(
            regex -> {
              try {
                checkGroups(Pattern.compile(regex), format, problems);
              } catch (PatternSyntaxException e) {
                report(
                    format,
                    " is no regular expression of RE2: "
                        + e.getDescription()
                        + ". RE2 has no look-around and no back-references.",
                    problems);
              }
            });
  }

  private static void checkGroups(Pattern pattern, Values format, Problems problems) {
    if (pattern.namedGroups().isEmpty()) {
      report(
          format,
          " has no named group. Name what becomes a column, such as (?P<level>[A-Z]+).",
          problems);
    }
    for (String group : pattern.namedGroups().keySet()) {
      if (!Names.isSqlName(group)) {
        report(
            format,
            " has a group "
                + (format.isSubstituted(FormatShapes.REGEX) ? "" : "'" + group + "' ")
                + "that cannot be a column. Use letters, digits and underscores, a letter first.",
            problems);
      }
    }
  }

  private static void report(Values format, String complaint, Problems problems) {
    problems.add(
        format.location(FormatShapes.REGEX),
        "'regex', " + format.shown(FormatShapes.REGEX) + "," + complaint);
  }
}
