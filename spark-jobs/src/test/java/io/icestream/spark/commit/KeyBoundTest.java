/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class KeyBoundTest {
  @Test
  void namesFewValuesOneByOne() {
    assertThat(KeyBound.in("a`b", DataTypes.IntegerType, Set.of(3, 1)).sql())
        .isEqualTo("`a``b` IN (1, 3)");
  }

  @Test
  void quotesTexts() {
    assertThat(
            KeyBound.between(
                    "k",
                    DataTypes.StringType,
                    UTF8String.fromString("it's"),
                    UTF8String.fromString("\\z"))
                .sql())
        .isEqualTo("`k` BETWEEN 'it\\'s' AND '\\\\z'");
  }

  @Test
  void boundsNoTypeWhoseOrderDependsOnWhoCompares() {
    assertThat(KeyBound.isFor(DataTypes.DoubleType)).isFalse();
    assertThat(KeyBound.isFor(DataTypes.BinaryType)).isFalse();
    assertThat(KeyBound.isFor(DataTypes.TimestampType)).isTrue();
  }
}
