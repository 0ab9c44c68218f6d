/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarksPageTest {

  @Test
  void replacesASectionAndKeepsTheOthersAndWhatPeopleHaveWritten() {
    BenchmarksPage page =
        new BenchmarksPage("# Title\n\nBy hand.\n")
            .with("iot", List.of("old"))
            .with("wide", List.of("other"));

    String text = page.with("iot", List.of("new", "lines")).text();

    assertThat(text)
        .isEqualTo(
            """
            # Title

            By hand.

            <!-- begin iot -->
            new
            lines
            <!-- end iot -->

            <!-- begin wide -->
            other
            <!-- end wide -->
            """);
  }

  @Test
  void standsAtTheHeadOfThePageInTheDocs() throws IOException {
    assertThat(Files.readString(Path.of("../docs/benchmarks.md"))).startsWith(BenchmarksPage.EMPTY);
  }
}
