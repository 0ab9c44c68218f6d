/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.PartitionTransform;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.plan.PresentState;
import io.icestream.spark.plan.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PresentTablesTest {

  @Test
  void findsATableAsItWasProvided() {
    // given
    String name = LocalSpark.freshTable();
    List<PartitionTransform> partitions =
        Stream.of("days(t)", "bucket(4, id)", "truncate(3, id)", "n", "hours(u)")
            .map(text -> PartitionTransform.parse(text).orElseThrow())
            .toList();
    StructType columns =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("n", DataTypes.IntegerType)
            .add("t", DataTypes.TimestampType)
            .add("u", DataTypes.TimestampType);
    new TableProvisioning(LocalSpark.session())
        .provide(new TableSpec(name, columns, partitions, Map.of()));

    // when
    PresentState.Table table = new PresentTables(LocalSpark.session()).read(name).orElseThrow();

    // then
    assertThat(table.columns()).isEqualTo(columns);
    assertThat(table.partitionBy())
        .isEqualTo(partitions.stream().map(PartitionTransform::toString).toList());
    assertThat(table.properties()).containsAllEntriesOf(TableSpec.DEFAULT_PROPERTIES);
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(new PresentTables(LocalSpark.session()).read(LocalSpark.freshTable())).isEmpty();
  }
}
