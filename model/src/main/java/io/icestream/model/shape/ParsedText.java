/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A text of a certain form.
 *
 * @param label how the reference names it
 * @param form what it looks like, in the syntax that Java and ECMAScript share; says for the JSON
 *     Schema what {@code parse} accepts
 * @param parse makes the value; empty if the text is none
 * @param complaint says what is wrong
 */
public record ParsedText<T>(
    String label, String form, Function<String, Optional<T>> parse, Complaint complaint)
    implements Type<T> {

  /** Says what is wrong with a text. */
  @FunctionalInterface
  public interface Complaint {
    /**
     * @param subject names the place, such as {@code 'watermark' in source 'orders'}
     * @param found the text as messages may show it
     */
    String about(String subject, String found);
  }

  /** A text that is what it looks like. */
  public static ParsedText<String> matching(String label, String form, Complaint complaint) {
    Pattern pattern = Pattern.compile(form);
    return new ParsedText<>(
        label,
        form,
        text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty(),
        complaint);
  }

  @Override
  public Optional<T> read(Node node, Subject subject, Reading reading) {
    Optional<Scalar> scalar = reading.scalar(node, subject, "a text");
    if (scalar.isEmpty() || scalar.get().found().equals("nothing")) {
      return scalar.flatMap(s -> TextType.text(s, subject, reading)).flatMap(s -> Optional.empty());
    }
    Optional<T> value = parse.apply(scalar.get().text());
    if (value.isPresent() && scalar.get().isText()) {
      return value;
    }
    String remedy = value.isPresent() ? " Put it into quotes." : "";
    String message = complaint.about(subject.value(), scalar.get().shown()) + remedy;
    reading.problems().add(scalar.get().location(), message);
    return Optional.empty();
  }

  @Override
  public Map<String, Object> schema() {
    return Json.object("type", "string", "pattern", "^(" + form + ")$|" + Substitution.REFERENCE);
  }
}
