/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** A number within bounds. */
public final class NumberType implements Type<BigDecimal> {
  /** A share. */
  public static final NumberType SHARE =
      new NumberType(
          "a number from 0 to 1", Json.object("type", "number", "minimum", 0, "maximum", 1));

  /** A whole number of things. */
  public static final NumberType COUNT =
      new NumberType("a whole number from 0", Json.object("type", "integer", "minimum", 0));

  private final String name;
  private final Map<String, Object> schema;

  private NumberType(String name, Map<String, Object> schema) {
    this.name = name;
    this.schema = schema;
  }

  @Override
  public Optional<BigDecimal> read(Node node, Subject subject, Reading reading) {
    Optional<Scalar> scalar = reading.scalar(node, subject, name);
    Optional<BigDecimal> number =
        scalar.filter(Scalar::isNumber).flatMap(s -> number(s.text())).filter(this::isWithin);
    if (scalar.isPresent() && number.isEmpty()) {
      boolean quoted =
          scalar.get().kind() == Scalar.Kind.TEXT && number(scalar.get().text()).isPresent();
      reading
          .problems()
          .add(
              scalar.get().location(),
              subject.value()
                  + " has to be "
                  + name
                  + ", found "
                  + (quoted ? "the text " : "")
                  + scalar.get().found()
                  + "."
                  + (quoted ? " Remove the quotes." : ""));
    }
    return number;
  }

  private boolean isWithin(BigDecimal number) {
    boolean whole = schema.get("type").equals("integer");
    return number.signum() >= 0
        && (!whole || number.stripTrailingZeros().scale() <= 0)
        && (whole || number.compareTo(BigDecimal.ONE) <= 0);
  }

  /** More than a few digits are no bound that anybody means, and cost time to look at. */
  private static Optional<BigDecimal> number(String text) {
    try {
      return text.length() > 40 ? Optional.empty() : Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public Map<String, Object> schema() {
    return Json.object(
        "anyOf",
        List.of(
            schema, Json.object("type", "string", "pattern", "^" + Substitution.REFERENCE + "$")));
  }

  @Override
  public String label() {
    return name.substring(2);
  }
}
