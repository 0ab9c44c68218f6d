/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "string",
        "STRING",
        " int ",
        "decimal",
        "decimal(38)",
        "decimal( 10 , 2 )",
        "array<string>",
        "array< decimal(10,2) >",
        "map<string, array<int>>",
        "struct<a: int, b:struct<c:map<string,bigint>>>",
        "timestamp_ntz"
      })
  void takesTypesOfSpark(String type) {
    assertThat(SqlType.isOne(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "strin",
        "varchar(10)",
        "string string",
        "decimal()",
        "decimal(0)",
        "decimal(39)",
        "decimal(2,3)",
        "decimal(10,2",
        "int(4)",
        "array",
        "array<>",
        "array<string",
        "array<string>>",
        "map<string>",
        "map<string, int, int>",
        "struct<>",
        "struct<a>",
        "struct<a int>",
        "struct<a: int,>",
        "interval"
      })
  void refusesAnythingElse(String type) {
    assertThat(SqlType.isOne(type)).isFalse();
  }

  @Test
  void refusesTypesOfManyLevels() {
    assertThat(SqlType.isOne("array<".repeat(10_000) + "int" + ">".repeat(10_000))).isFalse();
  }
}
