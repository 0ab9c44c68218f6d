/* SPDX-License-Identifier: MIT */
package io.icestream.spark.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.failure.PipelineFailure.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineFailureTest {

  @ParameterizedTest
  @CsvSource({"DATA, 65", "UNAVAILABLE, 69", "FENCED, 76", "CONFIGURATION, 78"})
  void eachKindEndsTheProcessWithItsOwnExitCode(Kind kind, int exitCode) {
    assertThat(new PipelineFailure(kind, "x").kind().exitCode()).isEqualTo(exitCode);
  }
}
