/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.icestream.spark.inspect.Finding;
import io.icestream.spark.inspect.Finding.Severity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What there is to say about a pipeline file.
 *
 * @param file as the user named it
 * @param findings in the order of the file
 */
record FileFindings(Path file, List<Finding> findings) {

  boolean hasErrors() {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /** One line per finding, as compilers write them, and one for a file without errors. */
  void print(PrintWriter out) {
    for (Finding finding : findings) {
      out.println(
          file + ":" + finding.location() + ": " + severity(finding) + ": " + finding.message());
    }
    if (!hasErrors()) {
      out.println(file + ": no errors");
    }
  }

  /**
   * The findings of all files for programs: a list of objects with {@code file}, {@code line},
   * {@code column}, {@code severity} and {@code message}.
   */
  static String json(List<FileFindings> all) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (FileFindings found : all) {
      for (Finding finding : found.findings()) {
        list.addObject()
            .put("file", found.file().toString())
            .put("line", finding.location().line())
            .put("column", finding.location().column())
            .put("severity", severity(finding))
            .put("message", finding.message());
      }
    }
    return list.toPrettyString();
  }

  private static String severity(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }
}
