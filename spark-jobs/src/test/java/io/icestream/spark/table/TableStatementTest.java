/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.PartitionTransform;
import io.icestream.spark.plan.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TableStatementTest {

  @Test
  void namesColumnsPartitionsAndProperties() {
    // given
    var spec =
        new TableSpec(
            "iot.readings",
            new StructType()
                .add("device_id", DataTypes.StringType, false)
                .add("odd `name`", DataTypes.createArrayType(DataTypes.LongType))
                .add("t", DataTypes.TimestampType),
            Stream.of("days(t)", "bucket(4, device_id)", "device_id")
                .map(PartitionTransform::parse)
                .flatMap(Optional::stream)
                .toList(),
            Map.of("write.metadata.previous-versions-max", "5", "x", "y"));

    // when
    var statement = TableProvisioning.createStatement(spec);

    // then
    assertThat(statement)
        .isEqualTo(
            "CREATE TABLE `iot`.`readings` (`device_id` STRING, `odd ``name``` ARRAY<BIGINT>,"
                + " `t` TIMESTAMP) USING iceberg PARTITIONED BY (days(t), bucket(4, device_id),"
                + " device_id) TBLPROPERTIES ('format-version'='2',"
                + " 'write.metadata.compression-codec'='gzip',"
                + " 'write.metadata.delete-after-commit.enabled'='true',"
                + " 'write.metadata.previous-versions-max'='5',"
                + " 'write.parquet.compression-codec'='zstd', 'x'='y')");
  }

  @Test
  void leavesPartitionsOutWhereThereAreNone() {
    // given
    var spec =
        new TableSpec("a.b", new StructType().add("c", DataTypes.LongType), List.of(), Map.of());

    // when, then
    assertThat(TableProvisioning.createStatement(spec))
        .startsWith("CREATE TABLE `a`.`b` (`c` BIGINT) USING iceberg TBLPROPERTIES (");
  }
}
