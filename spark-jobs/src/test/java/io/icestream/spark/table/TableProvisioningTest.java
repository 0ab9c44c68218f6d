/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.PartitionTransform;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.plan.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TableProvisioningTest {
  private static final StructType COLUMNS =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("t", DataTypes.TimestampType)
          .add("tags", DataTypes.createArrayType(DataTypes.StringType, false))
          .add("price", DataTypes.createDecimalType(9, 2));

  private final SparkSession spark = LocalSpark.session();
  private final TableProvisioning provisioning = new TableProvisioning(spark);
  private final String table = LocalSpark.freshTable();

  @Test
  void createsATableWithItsNamespacePartitionsAndProperties() {
    // given
    var name = "made_" + table.replace('.', '_') + ".deep.rows";
    var partitions =
        Stream.of("days(t)", "bucket(4, id)")
            .map(PartitionTransform::parse)
            .flatMap(Optional::stream)
            .toList();

    // when
    provisioning.provide(new TableSpec(name, COLUMNS, partitions, Map.of("owner.team", "x")));

    // then
    assertThat(spark.table(name).schema().asNullable()).isEqualTo(COLUMNS.asNullable());
    assertThat(LocalSpark.sorted(spark.sql("SHOW TBLPROPERTIES " + name)))
        .contains(
            "[format-version,2]", "[write.metadata.compression-codec,gzip]", "[owner.team,x]");
    assertThat(
            spark.sql("DESCRIBE TABLE EXTENDED " + name).filter("col_name LIKE 'Part %'").count())
        .isEqualTo(2);
  }

  @Test
  void leavesATableAloneThatFits() {
    // given
    spark.sql(
        "CREATE TABLE "
            + table
            + " (extra INT, price DECIMAL(9,2), tags ARRAY<STRING>, t TIMESTAMP, id STRING NOT NULL)"
            + " USING iceberg");

    // when
    provisioning.provide(spec());

    // then
    assertThat(spark.table(table).columns()).containsExactly("extra", "price", "tags", "t", "id");
  }

  @Test
  void refusesATableWithOtherColumns() {
    // given
    spark.sql(
        "CREATE TABLE " + table + " (id BIGINT, t TIMESTAMP, tags ARRAY<STRING>) USING iceberg");

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> provisioning.provide(spec()));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(failure)
        .hasMessage(
            "Table '"
                + table
                + "' does not fit the pipeline: column 'id' is bigint and not string. Alter the table, or"
                + " write to another one.");
    assertThat(spark.table(table).columns())
        .as("nothing is altered where not everything can be")
        .containsExactly("id", "t", "tags");
  }

  @Test
  void refusesATableWithARequiredColumnThatThePipelineDoesNotWrite() {
    // given
    spark.sql(
        "CREATE TABLE "
            + table
            + " (id STRING, t TIMESTAMP, tags ARRAY<STRING>, price DECIMAL(9,2), must INT NOT NULL)"
            + " USING iceberg");

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> provisioning.provide(spec()));

    // then
    assertThat(failure)
        .hasMessageContaining("its column 'must' may not be null and is not written");
  }

  @Test
  void givesATableTheColumnsThatItLacks() {
    // given
    spark.sql(
        "CREATE TABLE "
            + table
            + " (id STRING, s STRUCT<a: INT, l: ARRAY<STRUCT<x: FLOAT>>>)"
            + " USING iceberg");
    var wanted =
        StructType.fromDDL(
            "id STRING, n DECIMAL(38,0),"
                + " s STRUCT<a: BIGINT, l: ARRAY<STRUCT<x: DOUBLE, y: STRING>>, `o-k`: DATE>");

    // when
    provisioning.provide(new TableSpec(table, wanted, List.of(), Map.of()));

    // then
    assertThat(spark.table(table).schema().toDDL())
        .isEqualTo(
            "id STRING,s STRUCT<a: BIGINT, l: ARRAY<STRUCT<x: DOUBLE, y: STRING>>, `o-k`: DATE>,"
                + "n DECIMAL(38,0)");
  }

  @Test
  void refusesANewColumnForGroupsThatWereKeptWithoutIt() {
    // given
    spark.sql("CREATE TABLE " + table + " (id STRING, n INT) USING iceberg");
    var wanted = StructType.fromDDL("id STRING, n BIGINT, total BIGINT");
    var groups = new TableSpec(table, wanted, List.of(), Map.of(), true);
    spark.sql("INSERT INTO " + table + " VALUES ('a', 1)");

    // when, then
    assertThatThrownBy(() -> provisioning.provide(groups))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageContaining("its groups were kept without 'total'");
    spark.sql("DELETE FROM " + table);
    provisioning.provide(groups);
    assertThat(spark.table(table).schema().toDDL()).isEqualTo("id STRING,n BIGINT,total BIGINT");
  }

  private TableSpec spec() {
    return new TableSpec(table, COLUMNS, List.of(), Map.of());
  }
}
