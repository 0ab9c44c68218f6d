/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Data that is taken as it is, without variables. */
public final class FreeType {
  /**
   * A mapping or a text. In a mapping values are of any kind; numbers are {@link
   * java.math.BigDecimal}s.
   */
  public static final Type<Object> VALUE = new Value();

  /** A mapping of columns to anything. */
  public static final Type<Map<String, Object>> ROW = new Row();

  private FreeType() {}

  private static final class Value implements Type<Object> {
    @Override
    public Optional<Object> read(Node node, Subject subject, Reading reading) {
      Object value = YamlValue.of(node, reading);
      if (value instanceof Map || value instanceof String) {
        return Optional.of(value);
      }
      reading
          .problems()
          .add(
              node,
              "An item of "
                  + subject.value()
                  + " has to be a mapping of fields to values or a text, found "
                  + Reading.found(node)
                  + ".");
      return Optional.empty();
    }

    @Override
    public Map<String, Object> schema() {
      return Json.object("type", List.of("object", "string"));
    }

    @Override
    public String label() {
      return "mapping or text";
    }
  }

  private static final class Row implements Type<Map<String, Object>> {
    @Override
    public Optional<Map<String, Object>> read(Node node, Subject subject, Reading reading) {
      if (!(node instanceof MappingNode mapping)) {
        reading
            .problems()
            .add(
                node,
                "A row of "
                    + subject.value()
                    + " has to be a mapping of columns to values, found "
                    + Reading.found(node)
                    + ".");
        return Optional.empty();
      }
      return Optional.of(YamlValue.row(mapping, reading));
    }

    @Override
    public Map<String, Object> schema() {
      return Json.object("type", "object");
    }

    @Override
    public String label() {
      return "row";
    }
  }
}
