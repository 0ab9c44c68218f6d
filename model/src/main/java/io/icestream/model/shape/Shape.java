/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A mapping with known keys. Any other key is an error, and so is one that stands twice. */
public final class Shape implements Type<Values> {
  private final String description;
  private final List<Key<?>> keys;
  private final List<Rule> rules;

  private Shape(String description, List<Key<?>> keys, List<Rule> rules) {
    this.description = description;
    this.keys = List.copyOf(keys);
    this.rules = List.copyOf(rules);
  }

  /**
   * @param description what the mapping is, in Markdown
   * @param keys its keys, in the order in which the reference has them
   */
  public static Shape of(String description, Key<?>... keys) {
    return new Shape(description, List.of(keys), List.of());
  }

  /** The same shape with rules that span several keys. */
  public Shape with(Rule... more) {
    return new Shape(description, keys, List.of(more));
  }

  @Override
  public Optional<Values> read(Node node, Subject subject, Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      reportNoMapping(node, subject, reading);
      return Optional.empty();
    }
    Values values = new Values(this, Problems.location(node));
    List<String> names = keys.stream().map(Key::name).toList();
    for (NodeTuple tuple : mapping.getValue()) {
      Optional<String> name = keyName(tuple.getKeyNode(), subject, reading);
      if (name.isEmpty()) {
        continue;
      }
      if (values.isThere(name.get())) {
        reportTwin(name.get(), tuple.getKeyNode(), subject, reading);
        continue;
      }
      values.add(name.get(), tuple);
      if (!names.contains(name.get())) {
        String message = "Unknown key '" + name.get() + "' in " + subject.owner() + ". ";
        reading.problems().add(tuple.getKeyNode(), message + Suggestion.of(name.get(), names));
      }
    }
    keys.forEach(key -> readKey(key, values, subject, reading));
    rules.forEach(rule -> rule.check(values, subject.sentenceOwner(), reading.problems()));
    return Optional.of(values);
  }

  private static <T> void readKey(Key<T> key, Values values, Subject subject, Reading reading) {
    Optional<Node> node = values.node(key.name());
    if (node.isPresent()) {
      key.type()
          .read(node.get(), subject.key(key.name()), reading)
          .ifPresent(value -> values.put(key.name(), value));
    } else if (key.required()) {
      reading
          .problems()
          .add(
              values.location(),
              "Key '" + key.name() + "' is missing in " + subject.owner() + ". Add it.");
    }
  }

  static void reportNoMapping(Node node, Subject subject, Reading reading) {
    reading
        .problems()
        .add(
            node,
            subject.sentenceOwner()
                + " has to be a mapping of keys to values, found "
                + Reading.found(node)
                + ".");
  }

  /** The text of a key; empty, with a problem reported, if it is a mapping or a list. */
  static Optional<String> keyName(Node node, Subject subject, Reading reading) {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    reading
        .problems()
        .add(node, "A key of " + subject.owner() + " is " + Reading.found(node) + ". Use a text.");
    return Optional.empty();
  }

  static void reportTwin(String name, Node node, Subject subject, Reading reading) {
    reading
        .problems()
        .add(node, "Key '" + name + "' stands twice in " + subject.owner() + ". Remove one.");
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> properties = Json.object();
    keys.forEach(key -> properties.put(key.name(), property(key)));
    Map<String, Object> schema =
        Json.object(
            "type",
            "object",
            "description",
            description,
            "properties",
            properties,
            "additionalProperties",
            false);
    List<String> required = keys.stream().filter(Key::required).map(Key::name).toList();
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!rules.isEmpty()) {
      schema.put("allOf", rules.stream().map(Rule::schema).toList());
    }
    return schema;
  }

  private static Map<String, Object> property(Key<?> key) {
    Map<String, Object> schema = Json.object("description", key.fullDescription());
    key.writtenDefault().ifPresent(value -> schema.put("default", value));
    if (!key.examples().isEmpty()) {
      schema.put("examples", key.examples());
    }
    key.type().schema().forEach(schema::putIfAbsent);
    return schema;
  }

  /** What the mapping is, in Markdown. */
  public String description() {
    return description;
  }

  /** The keys, in the order in which the reference has them. */
  public List<Key<?>> keys() {
    return keys;
  }

  /** The rules that span several keys. */
  public List<Rule> rules() {
    return rules;
  }

  @Override
  public String label() {
    return "mapping";
  }
}
