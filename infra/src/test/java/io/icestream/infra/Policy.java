/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A policy as IAM reads it, as far as the policies of the templates go: statements that allow, with
 * stars in resources, and conditions that compare texts.
 */
final class Policy {
  private final List<Statement> statements;

  private Policy(List<Statement> statements) {
    this.statements = statements;
  }

  /** The policy of the document of a template. */
  static Policy of(Map<?, ?> document, ResolvedTexts texts) {
    List<Statement> statements = new ArrayList<>();
    for (Object element : (List<?>) document.get("Statement")) {
      Map<?, ?> statement = (Map<?, ?>) element;
      if (!statement.get("Effect").equals("Allow")) {
        throw new IllegalArgumentException("Only statements that allow are understood");
      }
      statements.add(
          new Statement(
              texts(statement.get("Action"), texts),
              texts(statement.get("Resource"), texts),
              conditions(statement.get("Condition"), texts)));
    }
    return new Policy(statements);
  }

  /** Whether a request is allowed. */
  boolean allows(String action, String resource) {
    return allows(action, resource, Map.of());
  }

  /**
   * Whether a request is allowed.
   *
   * @param context the keys that the request brings
   */
  boolean allows(String action, String resource, Map<String, String> context) {
    return statements.stream().anyMatch(statement -> statement.allows(action, resource, context));
  }

  /** Each action with each resource, and the conditions behind it, in order. */
  SortedSet<String> permissions() {
    SortedSet<String> permissions = new TreeSet<>();
    for (Statement statement : statements) {
      for (String action : statement.actions()) {
        for (String resource : statement.resources()) {
          permissions.add(
              action
                  + " "
                  + resource
                  + (statement.conditions().isEmpty() ? "" : " " + statement.conditions()));
        }
      }
    }
    return permissions;
  }

  private static List<String> texts(Object value, ResolvedTexts texts) {
    return value instanceof List<?> list
        ? list.stream().map(texts::of).toList()
        : List.of(texts.of(value));
  }

  private static Map<String, Map<String, List<String>>> conditions(
      Object value, ResolvedTexts texts) {
    Map<String, Map<String, List<String>>> conditions = new TreeMap<>();
    if (value instanceof Map<?, ?> operators) {
      operators.forEach(
          (operator, keys) -> {
            Map<String, List<String>> wanted = new TreeMap<>();
            ((Map<?, ?>) keys).forEach((key, v) -> wanted.put(key.toString(), texts(v, texts)));
            conditions.put(operator.toString(), wanted);
          });
    }
    return conditions;
  }

  private record Statement(
      List<String> actions,
      List<String> resources,
      Map<String, Map<String, List<String>>> conditions) {
    boolean allows(String action, String resource, Map<String, String> context) {
      return actions.stream().anyMatch(pattern -> like(pattern, action))
          && resources.stream().anyMatch(pattern -> like(pattern, resource))
          && conditions.entrySet().stream()
              .allMatch(operator -> holds(operator.getKey(), operator.getValue(), context));
    }

    /** All keys have to fit; of a key's values one. */
    private static boolean holds(
        String operator, Map<String, List<String>> wanted, Map<String, String> context) {
      boolean patterns =
          switch (operator) {
            case "StringLike" -> true;
            case "StringEquals" -> false;
            default -> throw new IllegalArgumentException("Unknown operator " + operator);
          };
      return wanted.entrySet().stream()
          .allMatch(
              key -> {
                String found = context.get(key.getKey());
                return found != null
                    && key.getValue().stream()
                        .anyMatch(value -> patterns ? like(value, found) : value.equals(found));
              });
    }

    private static boolean like(String pattern, String text) {
      String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
      return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }
  }
}
