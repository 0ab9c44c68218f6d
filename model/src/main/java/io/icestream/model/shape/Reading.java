/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Location;
import io.icestream.model.Parameters;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One reading of a file: where its problems go and where its variables come from. */
public final class Reading {
  private final Problems problems;
  private final Parameters parameters;

  /**
   * @param problems takes what is wrong
   * @param parameters the values of variables
   */
  public Reading(Problems problems, Parameters parameters) {
    this.problems = problems;
    this.parameters = parameters;
  }

  Problems problems() {
    return problems;
  }

  /**
   * The scalar of a node, its variables replaced.
   *
   * @param node a node
   * @param subject how messages name its place
   * @param expected what belongs there, such as {@code a text}
   * @return empty, with a problem reported, if the node is a mapping or a list, or a variable has
   *     no value
   */
  Optional<Scalar> scalar(Node node, Subject subject, String expected) {
    return scalar(node, subject, expected, new Substitution.Text(parameters));
  }

  /** As {@link #scalar}, for SQL, where variables become literals. */
  Optional<Scalar> sql(Node node, Subject subject, String expected) {
    return scalar(node, subject, expected, new Substitution.Sql(parameters));
  }

  private Optional<Scalar> scalar(
      Node node, Subject subject, String expected, Substitution substitution) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(
          node, subject.value() + " has to be " + expected + ", found " + found(node) + ".");
      return Optional.empty();
    }
    Location location = Problems.location(node);
    String written = scalar.getValue();
    if (!written.contains("${")) {
      return Optional.of(new Scalar(written, kind(scalar), "'" + written + "'", location));
    }
    try {
      String text = substitution.replace(written);
      return Optional.of(
          new Scalar(text, Scalar.Kind.SUBSTITUTED, Substitution.shown(written), location));
    } catch (Substitution.Refused e) {
      problems.add(location, subject.value() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** What a node is, for messages. */
  static String found(Node node) {
    return switch (node.getNodeType()) {
      case MAPPING -> "a mapping";
      case SEQUENCE -> "a list";
      case SCALAR -> {
        String text = ((ScalarNode) node).getValue();
        yield text.isBlank() ? "nothing" : "'" + text + "'";
      }
      case ANCHOR -> "an anchor";
    };
  }

  private static Scalar.Kind kind(ScalarNode node) {
    Tag tag = node.getTag();
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return Scalar.Kind.NUMBER;
    }
    if (tag.equals(Tag.BOOL)) {
      return Scalar.Kind.TRUTH;
    }
    return tag.equals(Tag.NULL) ? Scalar.Kind.NOTHING : Scalar.Kind.TEXT;
  }
}
