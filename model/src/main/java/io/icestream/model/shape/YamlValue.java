/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Free values of a pipeline file: the rows of its tests. */
final class YamlValue {
  private YamlValue() {}

  /** A text, a {@link BigDecimal}, a boolean, null, a list or a map, by YAML's JSON schema. */
  static Object of(Node node, Reading reading) {
    if (node instanceof MappingNode mapping) {
      return row(mapping, reading);
    }
    if (node instanceof SequenceNode sequence) {
      return Collections.unmodifiableList(
          sequence.getValue().stream().map(item -> of(item, reading)).collect(Collectors.toList()));
    }
    ScalarNode scalar = (ScalarNode) node;
    String text = scalar.getValue();
    if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
      return number(text);
    } else if (scalar.getTag().equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    return scalar.getTag().equals(Tag.NULL) ? null : text;
  }

  /** The fields of a mapping. */
  static Map<String, Object> row(MappingNode mapping, Reading reading) {
    Subject subject = Subject.named("a row");
    Map<String, Object> map = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      Optional<String> name = Shape.keyName(entry.getKeyNode(), subject, reading);
      if (name.isPresent() && map.containsKey(name.get())) {
        Shape.reportTwin(name.get(), entry.getKeyNode(), subject, reading);
      } else if (name.isPresent()) {
        map.put(name.get(), of(entry.getValueNode(), reading));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /** Infinity and its like stay texts: no format of a row can hold them as numbers. */
  private static Object number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
