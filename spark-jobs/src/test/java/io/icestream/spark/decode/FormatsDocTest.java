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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reasons that the documentation names are those that the code has. */
class FormatsDocTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");
  private static final Pattern EXAMPLES =
      Pattern.compile("(?m)^\\| sent \\| becomes \\|\n\\|---\\|---\\|\n((?:\\|.*\n)+)");
  private static final Pattern OUTCOMES = Pattern.compile("(?m)^\\| `.*` \\|(( `[^`]*`)+) \\|$");
  private static final Pattern REASON = Pattern.compile("`([a-z_]+)`");

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

  /** The examples are sent by FormatsIT: what is shown is what happens. */
  @Test
  void showsAnExampleOfEachReasonAndOfNoOther() throws IOException {
    // when
    Set<String> shown =
        EXAMPLES
            .matcher(doc())
            .results()
            .flatMap(table -> OUTCOMES.matcher(table.group(1)).results())
            .flatMap(row -> names(REASON, row.group(1)).stream())
            .collect(Collectors.toSet());

    // then
    assertThat(shown).containsExactlyInAnyOrderElementsOf(DecodeReasons.inCode());
  }

  private static List<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult r) -> r.group(1)).toList();
  }

  private static String doc() throws IOException {
    return Files.readString(Path.of("../docs/formats.md"));
  }
}
