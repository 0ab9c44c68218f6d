/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Location;
import io.icestream.model.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A mapping whose keys depend on the value of one of them, which is a constant in each shape. */
public final class Variants implements Type<Values> {
  private final String key;
  private final String description;
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private Variants(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /**
   * @param key the key that decides
   * @param description what the value of the key says, in Markdown
   * @param shapes shapes that have the key with a constant each
   */
  public static Variants of(String key, String description, Shape... shapes) {
    Variants variants = new Variants(key, description);
    for (Shape shape : shapes) {
      variants.shapes.put(variants.constant(shape), shape);
    }
    return variants;
  }

  private String constant(Shape shape) {
    return shape.keys().stream()
        .filter(k -> k.name().equals(key))
        .map(k -> ((ConstantType) k.type()).value().toString())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Optional<Values> read(Node node, Subject subject, Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      Shape.reportNoMapping(node, subject, reading);
      return Optional.empty();
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
        Optional<Shape> shape = shape(tuple.getValueNode(), subject, reading);
        return shape.flatMap(s -> s.read(node, subject, reading));
      }
    }
    reading
        .problems()
        .add(
            node,
            "Key '"
                + key
                + "' is missing in "
                + subject.owner()
                + ". Add it. Allowed: "
                + String.join(", ", shapes.keySet())
                + ".");
    return Optional.empty();
  }

  /** Nothing else is reported because of a wrong variant: which keys are right is not known. */
  private Optional<Shape> shape(Node node, Subject subject, Reading reading) {
    Location location = Problems.location(node);
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      String message = subject.key(key).value() + " has to be a text, found ";
      reading.problems().add(location, message + Reading.found(node) + ".");
      return Optional.empty();
    }
    Optional<Shape> shape = Optional.ofNullable(shapes.get(scalar.getValue()));
    if (shape.isEmpty()) {
      String remedy =
          scalar.getValue().contains("${")
              ? "It decides which keys there are, so no variable can stand for it. Allowed: "
                  + String.join(", ", shapes.keySet())
                  + "."
              : Suggestion.of(scalar.getValue(), shapes.keySet());
      String message = subject.key(key).value() + " is '" + scalar.getValue() + "'. ";
      reading.problems().add(location, message + remedy);
    }
    return shape;
  }

  @Override
  public Map<String, Object> schema() {
    List<Object> branches = new ArrayList<>();
    shapes.forEach((value, shape) -> branches.add(branch(value, shape)));
    return Json.object(
        "type",
        "object",
        "required",
        List.of(key),
        "properties",
        Json.object(
            key, Json.object("description", description, "enum", List.copyOf(shapes.keySet()))),
        "allOf",
        branches);
  }

  private Map<String, Object> branch(String value, Shape shape) {
    return Json.object(
        "if",
        Json.object(
            "properties", Json.object(key, Json.object("const", value)), "required", List.of(key)),
        "then",
        shape.schema());
  }

  /** The shapes by the value of the key. */
  public Map<String, Shape> shapes() {
    return shapes;
  }

  /** The key that decides. */
  public String key() {
    return key;
  }

  @Override
  public String label() {
    return "mapping";
  }
}
