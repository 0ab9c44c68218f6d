/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One value and no other, which no variable can stand for.
 *
 * @param value a text, or a whole number
 */
public record ConstantType(Object value) implements Type<Object> {

  @Override
  public Optional<Object> read(Node node, Subject subject, Reading reading) {
    Optional<Scalar> scalar = reading.scalar(node, subject, "'" + value + "'");
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    Scalar.Kind expected = value instanceof Integer ? Scalar.Kind.NUMBER : Scalar.Kind.TEXT;
    if (scalar.get().kind() == expected && scalar.get().text().equals(value.toString())) {
      return Optional.of(value);
    }
    boolean quoted = expected == Scalar.Kind.NUMBER && scalar.get().text().equals(value.toString());
    reading
        .problems()
        .add(
            scalar.get().location(),
            subject.value()
                + " is "
                + (quoted ? "the text " : "")
                + scalar.get().found()
                + ". Allowed: "
                + value
                + ".");
    return Optional.empty();
  }

  @Override
  public Map<String, Object> schema() {
    return Json.object("const", value);
  }

  @Override
  public String label() {
    return "`" + value + "`";
  }
}
