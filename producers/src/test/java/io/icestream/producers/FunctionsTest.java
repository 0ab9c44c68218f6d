/* SPDX-License-Identifier: MIT */
package io.icestream.producers;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class FunctionsTest {

  @Test
  void listsHandlersThatLambdaCanMake() throws Exception {
    // when
    var functions = new Properties();
    try (var in = getClass().getResourceAsStream("functions.properties")) {
      functions.load(in);
    }

    // then
    assertThat(functions.stringPropertyNames())
        .containsExactlyInAnyOrder("http", "object", "api", "simulation");
    for (String name : functions.stringPropertyNames()) {
      Class<?> handler = Class.forName(functions.getProperty(name));
      assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
      assertThat(handler.getConstructor().getParameterCount()).isZero();
    }
  }
}
