/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Stack}: the same for all test classes of a run, started for the first and
 * ended behind the last. They keep out of each other's way by topics, tables and pipeline names.
 */
final class SharedStack implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);

  /** What is closed at the end of the run. */
  private record Held(Stack stack) implements AutoCloseable {
    @Override
    public void close() {
      SparkSession.getDefaultSession()
          .foreach(
              session -> {
                session.stop();
                return null;
              });
      stack.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stack.class;
  }

  @Override
  public Stack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("stack", key -> new Held(Stack.up("stack")), Held.class)
        .stack();
  }
}
