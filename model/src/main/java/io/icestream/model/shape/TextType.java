/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** A text that is not blank. */
public final class TextType implements Type<String> {
  /** Any text. */
  public static final TextType TEXT = new TextType("text", false);

  /** The path of a file, relative to the pipeline file. */
  public static final TextType PATH = new TextType("path", false);

  /** The name of a column. */
  public static final TextType COLUMN = new TextType("column", false);

  /** SQL, where a variable becomes a literal. */
  public static final TextType SQL = new TextType("SQL", true);

  private final String label;
  private final boolean sql;

  private TextType(String label, boolean sql) {
    this.label = label;
    this.sql = sql;
  }

  @Override
  public Optional<String> read(Node node, Subject subject, Reading reading) {
    Optional<Scalar> scalar =
        sql ? reading.sql(node, subject, "a text") : reading.scalar(node, subject, "a text");
    return scalar.flatMap(s -> text(s, subject, reading)).map(Scalar::text);
  }

  @Override
  public Map<String, Object> schema() {
    return Json.object("type", "string", "pattern", "\\S");
  }

  @Override
  public String label() {
    return label;
  }

  /** The scalar if it is a text that is not blank; a problem if it is not. */
  static Optional<Scalar> text(Scalar scalar, Subject subject, Reading reading) {
    if (scalar.isText() && !scalar.text().isBlank()) {
      return Optional.of(scalar);
    }
    String message = subject.value() + " has to be a text, found " + scalar.found() + ".";
    boolean quotable = scalar.kind() == Scalar.Kind.NUMBER || scalar.kind() == Scalar.Kind.TRUTH;
    reading.problems().add(scalar.location(), message + (quotable ? " Put it into quotes." : ""));
    return Optional.empty();
  }
}
