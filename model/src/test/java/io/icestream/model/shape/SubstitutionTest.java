/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.Parameters;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubstitutionTest {
  private static final Parameters PARAMETERS =
      new Parameters(
          name -> Optional.ofNullable(Map.of("TOPIC", "iot.readings", "EMPTY", "").get(name)),
          Map.of("site", "north", "day.1", "x", "nested", "${env:TOPIC}"));

  @ParameterizedTest
  @CsvSource({
    "${env:TOPIC}, iot.readings",
    "${param:site}, north",
    "${param:day.1}, x",
    "a-${param:site}-${env:TOPIC}-b, a-north-iot.readings-b",
    "${env:EMPTY}a, a",
    "no variable, no variable",
    "$5 {a} $, $5 {a} $",
    "$${param:site}, ${param:site}",
    "$${x} ${param:site}, ${x} north"
  })
  void replacesVariablesInAText(String written, String expected) throws Exception {
    assertThat(new Substitution.Text(PARAMETERS).replace(written)).isEqualTo(expected);
  }

  @Test
  void doesNotLookForVariablesInAValue() throws Exception {
    assertThat(new Substitution.Text(PARAMETERS).replace("${param:nested}"))
        .isEqualTo("${env:TOPIC}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${env:ABSENT} | Set the environment variable ABSENT.",
        "${param:sit} | Did you mean 'site'? Given: day.1, nested, site.",
        "${evn:TOPIC} | Did you mean 'env'? Allowed: env, param.",
        "${sys:user.home} | '${sys:user.home}' begins with 'sys'. Allowed: env, param.",
        "${TOPIC} | does not say where its value comes from",
        "${} | does not say where its value comes from",
        "${env:} | has no name",
        "${env:a b} | has no name",
        "${env:TOPIC | has no '}'",
        "${env:${param:site}} | has no '}'"
      })
  void refusesWhatIsNoVariableWithAValue(String written, String message) {
    assertThatThrownBy(() -> new Substitution.Text(PARAMETERS).replace(written))
        .isInstanceOf(Substitution.Refused.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "SELECT * FROM r WHERE site = ${param:v} | SELECT * FROM r WHERE site = 'north'",
        "a IN (${param:v}, 'x') -- it's | a IN ('north', 'x') -- it's",
        "a = 'it''s' AND b = ${param:v} | a = 'it''s' AND b = 'north'",
        "a = \"x'y\" AND `b'` = ${param:v} | a = \"x'y\" AND `b'` = 'north'",
        "/* it's */ a = ${param:v} | /* it's */ a = 'north'",
        "a = 'x\\'' OR b = ${param:v} | a = 'x\\'' OR b = 'north'"
      })
  void makesALiteralOfAVariableInSql(String written, String expected) throws Exception {
    assertThat(sql("north").replace(written)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "o'hara | 'o\\'hara'",
        "' OR 1 = 1 -- | '\\' OR 1 = 1 --'",
        "\\' OR 1 = 1 -- | '\\\\\\' OR 1 = 1 --'",
        "\\ | '\\\\'",
        "${env:SECRET} | '\\u0024{env:SECRET}'",
        "*/ OR 1 = 1 | '*/ OR 1 = 1'"
      })
  void keepsAHostileValueInsideItsLiteral(String value, String literal) throws Exception {
    assertThat(sql(value).replace("a = ${param:v}")).isEqualTo("a = " + literal);
  }

  @Test
  void keepsLineEndsInsideTheLiteral() throws Exception {
    assertThat(sql("a\n-- b").replace("x = ${param:v}")).isEqualTo("x = 'a\\u000a-- b'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = '${param:v}'",
        "a = \"${param:v}\"",
        "`${param:v}` = 1",
        "a = 1 -- ${param:v}",
        "/* ${param:v} */ a = 1",
        "/* /* */ ${param:v} */ a",
        "a = 'open ${param:v}",
        "a = ${param:v} AND b = 'open",
        "a = \"open ${param:v}",
        "/* open ${param:v}",
        "a = r${param:v}",
        "a = X${param:v}",
        "a = ${param:v}b",
        "a = ${param:v}${param:v}",
        "a = 'x'${param:v}",
        "a = ${param:v}'x'",
        "t_${param:v}",
        "a = $${param:v}",
        "a = r'\\'' ${param:v} r'\\''"
      })
  void refusesAVariableInSqlWhereItsValueCouldBecomeCode(String sql) {
    assertThatThrownBy(() -> sql("secret").replace(sql))
        .isInstanceOf(Substitution.Refused.class)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void refusesTheEnvironmentInSql() {
    assertThatThrownBy(() -> new Substitution.Sql(PARAMETERS).replace("a = ${env:TOPIC}"))
        .isInstanceOf(Substitution.Refused.class)
        .hasMessageContaining("'${env:TOPIC}' reads the environment, which SQL may not.")
        .message()
        .doesNotContain("iot.readings");
  }

  private static Substitution sql(String value) {
    return new Substitution.Sql(new Parameters(name -> Optional.empty(), Map.of("v", value)));
  }
}
