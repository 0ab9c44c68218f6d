/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedMergeTest {

  @Test
  void mergesByKeyWithNullsAsValues() {
    // given
    var merge = new KeyedMerge(null, List.of("device_id", "minute"), List.of());

    // when
    var statement = merge.statement("iot.stats", "updates");

    // then
    assertThat(statement)
        .isEqualTo(
            "MERGE INTO iot.stats t USING updates u"
                + " ON t.`device_id` <=> u.`device_id` AND t.`minute` <=> u.`minute`"
                + " WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *");
  }

  @Test
  void readsOnlyFilesThatTheBatchCanTouch() {
    // given
    var range = new KeyRange("minute", "2026-01-31 12:00:00", "2026-01-31 12:05:00");
    var merge = new KeyedMerge(null, List.of("minute"), List.of(range));

    // when
    var statement = merge.statement("iot.stats", "updates");

    // then
    assertThat(range.sql())
        .isEqualTo("`minute` BETWEEN '2026-01-31 12:00:00' AND '2026-01-31 12:05:00'");
    assertThat(statement).contains(" ON t.`minute` <=> u.`minute` AND t." + range.sql() + " WHEN");
  }
}
