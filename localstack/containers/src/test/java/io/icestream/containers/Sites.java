/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Site}: the same for all test classes of a run, started for the first and
 * ended behind the last. Where none can be had the tests are skipped, and say what helps.
 */
final class Sites implements ParameterResolver, ExecutionCondition {
  private static final Namespace NAMESPACE = Namespace.create(Sites.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Engine.givenLocalStack().isPresent() || Engine.isThere()
        ? ConditionEvaluationResult.enabled("There is a LocalStack, or an engine to start one")
        : ConditionEvaluationResult.disabled(Engine.remedy());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Site.class;
  }

  @Override
  public Site resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("site", key -> Site.start(), Site.class);
  }
}
