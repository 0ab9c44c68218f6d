/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LauncherTest {

  @Test
  void opensTheSamePartsOfTheJdkAsTheBuild() throws Exception {
    // given
    String pom = Files.readString(Path.of("../pom.xml"));
    Matcher opens =
        Pattern.compile("<jvm.spark.opens>(.*)</jvm.spark.opens>", Pattern.DOTALL).matcher(pom);
    assertThat(opens.find()).isTrue();
    List<String> expected = List.of(opens.group(1).trim().split("\\s+"));

    // when
    List<String> launcher = Files.readAllLines(Path.of("../icestream"));

    // then
    int start = launcher.indexOf("spark_opens=(") + 1;
    assertThat(launcher.subList(start, start + expected.size()))
        .extracting(String::strip)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(launcher.get(start + expected.size())).isEqualTo(")");
  }
}
