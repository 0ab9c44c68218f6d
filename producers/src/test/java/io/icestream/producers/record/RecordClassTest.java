/* SPDX-License-Identifier: MIT */
package io.icestream.producers.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordClassTest {

  @Test
  void namesClassesInLowerCase() {
    assertThat(Stream.of(RecordClass.values()).map(RecordClass::label))
        .containsExactly("good", "malformed", "duplicate", "out_of_range", "late");
  }

  @Test
  void findsAClassByItsExactLabel() {
    assertThat(RecordClass.withLabel("out_of_range")).contains(RecordClass.OUT_OF_RANGE);
    assertThat(RecordClass.withLabel("GOOD")).isEmpty();
  }

  @Test
  void comparesRecordsByContent() {
    // given
    var first = new OutgoingRecord(null, new byte[] {1}, RecordClass.GOOD);

    // when
    var second = new OutgoingRecord(null, new byte[] {1}, RecordClass.LATE);

    // then
    assertThat(second)
        .isNotEqualTo(first)
        .isEqualTo(first.as(RecordClass.LATE))
        .hasSameHashCodeAs(first.as(RecordClass.LATE));
    assertThat(second).hasToString("OutgoingRecord[key=none, value=1 bytes, late]");
  }
}
