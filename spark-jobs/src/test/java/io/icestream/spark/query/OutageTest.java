/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final IOException AWAY = new IOException("S3 is away\nand says much more");

  private final Outage outage = new Outage(Duration.ofMinutes(10));

  @Test
  void waitsTwiceAsLongEachTime() {
    // when
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      waits.add(outage.after(AWAY, 3, NOON.plusSeconds(i)).toSeconds());
    }

    // then
    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void givesUpWhenItHasLastedTooLong() {
    // given
    outage.after(AWAY, 3, NOON);

    // when
    PipelineFailure failure =
        catchThrowableOfType(
            PipelineFailure.class, () -> outage.after(AWAY, 3, NOON.plusSeconds(600)));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("600 s (--retry-for 600s)")
        .hasMessageContaining("S3 is away. Nothing is lost");
  }

  @Test
  void isAnotherOneAfterABatchThatGotThrough() {
    // given
    outage.after(AWAY, 3, NOON);
    outage.after(AWAY, 3, NOON.plusSeconds(599));

    // when
    Duration wait = outage.after(AWAY, 4, NOON.plusSeconds(601));

    // then
    assertThat(wait).isEqualTo(Outage.FIRST_WAIT);
    assertThat(outage.after(AWAY, 4, NOON.plusSeconds(1200))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void endsAtOnceWithoutTimeToRetry() {
    assertThatThrownBy(() -> new Outage(Duration.ZERO).after(AWAY, 0, NOON))
        .isInstanceOf(PipelineFailure.class);
  }

  @Test
  void isNoneIfTheFailureStays() {
    // given
    PipelineFailure fenced = new PipelineFailure(Kind.FENCED, "Another driver");
    IllegalStateException defect = new IllegalStateException("no balance");

    // when, then
    assertThatThrownBy(() -> outage.after(new RuntimeException(fenced), 0, NOON)).isSameAs(fenced);
    assertThatThrownBy(() -> outage.after(defect, 0, NOON)).hasCause(defect);
  }
}
