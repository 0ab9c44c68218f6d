/* SPDX-License-Identifier: MIT */
package io.icestream.spark.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.schema.SchemaChange.Added;
import io.icestream.spark.schema.SchemaChange.MadeOptional;
import io.icestream.spark.schema.SchemaChange.Widened;
import io.icestream.spark.schema.SchemaDrift.Seen;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaDriftTest {
  private static final ColumnPath X = new ColumnPath(List.of("x"));

  @Test
  void doesNotDependOnTheOrderInWhichItIsPutTogether() {
    // given
    SchemaDrift text = seen(new Added(X, DataTypes.StringType), 0, 7);
    SchemaDrift flag = seen(new Added(X, DataTypes.BooleanType), 1, 2);
    SchemaDrift number = seen(new Added(X, DataTypes.LongType), 0, 9);

    // when, then
    assertThat(text.and(flag).and(number).changes())
        .as("the first record of the first partition decides")
        .containsExactly(new Added(X, DataTypes.StringType))
        .isEqualTo(number.and(flag).and(text).changes())
        .isEqualTo(flag.and(number.and(text)).changes());
  }

  @ParameterizedTest
  @CsvSource({
    "bigint, double, double",
    "bigint, 'decimal(38,0)', 'decimal(38,0)'",
    "'decimal(38,0)', double, double",
    "'array<bigint>', 'array<double>', 'array<double>'",
    "'struct<a:bigint>', 'struct<b:string,a:double>', 'struct<a:double,b:string>'",
  })
  void givesANewFieldATypeThatHoldsAllItsValues(String one, String other, String expected) {
    // given
    SchemaDrift first = seen(new Added(X, DataType.fromDDL(one)), 0, 1);
    SchemaDrift second = seen(new Added(X, DataType.fromDDL(other)), 0, 2);

    // when, then
    assertThat(first.and(second).changes())
        .containsExactly(new Added(X, DataType.fromDDL(expected)));
  }

  @Test
  void widensAsFarAsTheLargestValueNeeds() {
    // given
    SchemaDrift small = seen(new Widened(X, DataTypes.createDecimalType(10, 2)), 0, 2);
    SchemaDrift large = seen(new Widened(X, DataTypes.createDecimalType(20, 2)), 0, 1);

    // when, then
    assertThat(small.and(large).changes())
        .containsExactly(new Widened(X, DataTypes.createDecimalType(20, 2)));
  }

  @Test
  void keepsSeveralChangesOfOneColumn() {
    // given
    SchemaDrift wide = seen(new Widened(X, DataTypes.LongType), 0, 2);
    SchemaDrift optional = seen(new MadeOptional(X), 0, 1);

    // when, then
    assertThat(wide.and(optional).changes())
        .containsExactlyInAnyOrder(new Widened(X, DataTypes.LongType), new MadeOptional(X));
  }

  @Test
  void countsWhatWasIgnored() {
    // given
    SchemaDrift one = new SchemaDrift(new TreeMap<>(), new TreeMap<>(Map.of("a", 1L, "b", 2L)));
    SchemaDrift other = new SchemaDrift(new TreeMap<>(), new TreeMap<>(Map.of("b", 3L)));

    // when, then
    assertThat(one.and(other).ignored()).containsExactly(Map.entry("a", 1L), Map.entry("b", 5L));
  }

  @Test
  void changesSayWhatTheyDo() {
    var inner = new ColumnPath(List.of("orders", ColumnPath.ITEM, "price"));
    assertThat(new Added(inner, DataTypes.LongType))
        .hasToString("column 'orders[].price' bigint added");
    assertThat(new Widened(X, DataTypes.LongType)).hasToString("column 'x' widened to bigint");
    assertThat(new MadeOptional(X)).hasToString("column 'x' made optional");
  }

  private static SchemaDrift seen(SchemaChange change, int partition, long offset) {
    var seen = Map.of(SchemaDrift.key(change), new Seen(change, partition, offset));
    return new SchemaDrift(new TreeMap<>(seen), new TreeMap<>());
  }
}
