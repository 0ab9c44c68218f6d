/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A text of one character, which may be a blank.
 *
 * @param refused a character that it may not be
 * @param name how messages call the refused character
 */
public record CharacterType(char refused, String name) implements Type<Character> {

  @Override
  public Optional<Character> read(Node node, Subject subject, Reading reading) {
    Optional<Scalar> scalar = reading.scalar(node, subject, "one character");
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    String text = scalar.get().text();
    if (scalar.get().isText() && text.length() == 1 && text.charAt(0) != refused) {
      return Optional.of(text.charAt(0));
    }
    reading
        .problems()
        .add(
            scalar.get().location(),
            subject.value()
                + " has to be one character other than "
                + name
                + ", found "
                + scalar.get().shown()
                + "."
                + (scalar.get().kind() == Scalar.Kind.NUMBER ? " Put it into quotes." : ""));
    return Optional.empty();
  }

  @Override
  public Map<String, Object> schema() {
    return Json.object(
        "type", "string", "pattern", "^[^" + refused + "]$|" + Substitution.REFERENCE);
  }

  @Override
  public String label() {
    return "one character other than " + name;
  }
}
