/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reasons that the documentation names are those that the code has. */
class FormatsDocTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");
  private static final Pattern OUTCOMES = Pattern.compile("(?m)^\\| `.*` \\|(( `[^`]*`)+) \\|$");
  private static final Pattern REASON = Pattern.compile("`([a-z_]+)`");

  /** What needs a megabyte or a schema registry; tested where the decoders are. */
  private static final Set<String> NOT_SHOWN =
      Set.of("too_large", "incompatible_schema", "malformed_framing", "unknown_schema");

  @Test
  void explainsEachReasonOfTheCodeAndNoOther() throws IOException {
    // given
    String doc = doc();

    // when
    List<String> explained = names(ROW, doc.substring(doc.indexOf("\n## Reasons")));

    // then
    assertThat(explained)
        .isSorted()
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(DecodeReasons.inCode());
  }

  @Test
  void showsAnExampleOfEachReason() throws IOException {
    // when
    List<String> shown =
        OUTCOMES
            .matcher(doc())
            .results()
            .flatMap(row -> names(REASON, row.group(1)).stream())
            .toList();

    // then
    assertThat(shown)
        .doesNotContainAnyElementsOf(NOT_SHOWN)
        .containsAll(DecodeReasons.inCode().stream().filter(r -> !NOT_SHOWN.contains(r)).toList());
  }

  private static List<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult r) -> r.group(1)).toList();
  }

  private static String doc() throws IOException {
    return Files.readString(Path.of("../docs/formats.md"));
  }
}
