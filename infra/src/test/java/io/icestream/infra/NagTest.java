/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.cxapi.SynthesisMessage;

/**
 * What cdk-nag's rules for AWS solutions find; what is accepted stands in the code with its reason.
 */
class NagTest {
  @ParameterizedTest
  @CsvSource({"serverless, glue", "express, s3tables"})
  void findsNothingThatIsNotAccepted(String kafka, String catalog) {
    // given
    Map<String, Object> stage = new LinkedHashMap<>(Context.PRODUCERS);
    stage.put("kafka", kafka);
    stage.put("catalog", catalog);

    // when
    Synthesis synthesis = Synthesis.checked(stage);

    // then
    assertThat(findings(synthesis)).isEqualTo(List.of());
  }

  private static List<String> findings(Synthesis synthesis) {
    return synthesis.stacks().values().stream()
        .flatMap(stack -> stack.getMessages().stream())
        .map(NagTest::text)
        .filter(text -> text.matches("(?s)\\S+ (AwsSolutions-|CdkNag).*"))
        .toList();
  }

  @Test
  void findsNothingInAPollerThatIsNotAccepted() {
    assertThat(findings(Synthesis.checked(Context.POLLER))).isEmpty();
  }

  @Test
  void findsNothingInProducersWithFormatsThatIsNotAccepted() {
    assertThat(findings(Synthesis.checked(Context.FORMATS))).isEmpty();
  }

  /** The type is called deprecated, and is the only one that there is. */
  @SuppressWarnings("deprecation")
  private static String text(SynthesisMessage message) {
    return message.getId() + " " + message.getEntry().getData();
  }
}
