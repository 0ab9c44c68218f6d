/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import io.icestream.producers.ProducerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The keys of one mapping of a YAML file. What is wrong is collected with its line; values that are
 * wrong are replaced by something that does no harm until {@link #requireNoErrors()}.
 */
final class Fields {

  private final String place;
  private final String prefix;
  private final int line;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<String> errors;

  private Fields(String place, String prefix, MappingNode mapping, List<String> errors) {
    this.place = place;
    this.prefix = prefix;
    this.errors = errors;
    this.line = line(mapping);
    for (NodeTuple each : mapping.getValue()) {
      String key = each.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (nodes.put(key, each.getValueNode()) != null) {
        errors.add(at(line(each.getKeyNode())) + "key '" + prefix + key + "' is there twice");
      }
    }
  }

  /**
   * @throws ProducerException if the text is not YAML or not a mapping
   */
  static Fields of(String place, String text) {
    Optional<Node> root;
    try {
      root = new Compose(LoadSettings.builder().setLabel(place).build()).composeString(text);
    } catch (YamlEngineException e) {
      throw new ProducerException(place + " is not YAML: " + e.getMessage(), e);
    }
    if (root.isEmpty() || !(root.get() instanceof MappingNode mapping)) {
      throw new ProducerException(place + " is not a mapping: give keys such as 'name' and 'url'.");
    }
    return new Fields(place, "", mapping, new ArrayList<>());
  }

  void allow(String... keys) {
    Set<String> allowed = Set.of(keys);
    nodes.forEach(
        (key, node) -> {
          if (!allowed.contains(key)) {
            errors.add(
                at(line(node))
                    + "key '"
                    + prefix
                    + key
                    + "' is unknown; known are "
                    + String.join(", ", keys));
          }
        });
  }

  String text(String key, String pattern) {
    if (!nodes.containsKey(key)) {
      missing(key);
      return "";
    }
    return optional(key, pattern).orElse("");
  }

  Optional<String> optional(String key, String pattern) {
    Node node = nodes.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof ScalarNode scalar) || !scalar.getValue().matches(pattern)) {
      wrong(key, node instanceof ScalarNode s ? s.getValue() : "no text", pattern);
      return Optional.empty();
    }
    return Optional.of(scalar.getValue());
  }

  int number(String key, int otherwise, int least, int most) {
    Optional<String> text = optional(key, "[0-9]{1,9}");
    int number = text.map(Integer::parseInt).orElse(otherwise);
    if (number < least || number > most) {
      wrong(key, String.valueOf(number), least + " to " + most);
      return otherwise;
    }
    return number;
  }

  /** A mapping of texts; empty if the key is not there. */
  Map<String, String> texts(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    child(key)
        .ifPresent(
            fields ->
                fields.nodes.keySet().forEach(name -> texts.put(name, fields.text(name, ".+"))));
    return texts;
  }

  Optional<Fields> child(String key) {
    Node node = nodes.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof MappingNode mapping)) {
      wrong(key, "no mapping", "keys with values");
      return Optional.empty();
    }
    return Optional.of(new Fields(place, prefix + key + ".", mapping, errors));
  }

  void missing(String key) {
    errors.add(at(line) + "key '" + prefix + key + "' is missing");
  }

  void wrong(String key, String found, String expected) {
    errors.add(
        at(line(nodes.get(key)))
            + "'"
            + prefix
            + key
            + "' is '"
            + found
            + "', expected "
            + expected);
  }

  /**
   * @throws ProducerException with all that is wrong
   */
  void requireNoErrors() {
    if (!errors.isEmpty()) {
      throw new ProducerException(place + " is wrong:\n  " + String.join("\n  ", errors));
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static String at(int line) {
    return "line " + line + ": ";
  }
}
