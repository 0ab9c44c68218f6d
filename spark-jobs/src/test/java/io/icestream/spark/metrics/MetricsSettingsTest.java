/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.failure.PipelineFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsSettingsTest {

  @Test
  void takesCredentialsOfACloudWatchThatIsNotAwsAndShowsNoSecret() {
    // when
    MetricsSettings settings =
        MetricsSettings.of(
            Map.of(
                "cloudwatch", "true",
                "cloudwatch.access-key-id", "test",
                "cloudwatch.secret-access-key", "hidden"));

    // then
    assertThat(settings.credentials())
        .hasValueSatisfying(
            keys -> {
              assertThat(keys.accessKeyId()).isEqualTo("test");
              assertThat(keys.secretAccessKey()).isEqualTo("hidden");
            });
    assertThat(settings.toString()).doesNotContain("hidden");
  }

  @Test
  void leavesCredentialsToTheProcessOtherwise() {
    assertThat(MetricsSettings.of(Map.of("cloudwatch", "true")).credentials()).isEmpty();
  }

  @Test
  void refusesHalfOfThem() {
    assertThatThrownBy(() -> MetricsSettings.of(Map.of("cloudwatch.access-key-id", "test")))
        .isInstanceOf(PipelineFailure.class)
        .hasMessage(
            "Key 'metrics.cloudwatch.secret-access-key' of the environment is missing. Credentials"
                + " need both of its keys, or none.");
  }
}
