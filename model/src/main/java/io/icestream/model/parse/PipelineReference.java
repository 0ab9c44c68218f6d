/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.shape.EntriesType;
import io.icestream.model.shape.Json;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.ListType;
import io.icestream.model.shape.Rule;
import io.icestream.model.shape.Shape;
import io.icestream.model.shape.Type;
import io.icestream.model.shape.Variants;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reference of the pipeline file in Markdown, made of the shapes that the parser reads by. */
public final class PipelineReference {
  private static final String INTRODUCTION =
      """
      # Reference of the pipeline file

      Generated from the classes that the parser reads by, as is the [JSON
      Schema](pipeline.schema.json) for editors; do not edit. The [guide](pipeline-file.md) explains
      how it all works together. `NAME` stands for a name that you choose.
      """;

  private final StringBuilder text = new StringBuilder(INTRODUCTION);

  private PipelineReference() {}

  /** The page, with a line end at the end. */
  public static String text() {
    PipelineReference reference = new PipelineReference();
    reference.section("", "The file", PipelineShape.PIPELINE);
    return reference.text.toString();
  }

  private void section(String path, String title, Shape shape) {
    text.append("\n## ").append(title).append("\n\n").append(shape.description()).append("\n\n");
    text.append("| key | type | default | meaning | example |\n|---|---|---|---|---|\n");
    shape.keys().forEach(key -> row(path, key));
    if (!shape.rules().isEmpty()) {
      text.append('\n');
      for (Rule rule : shape.rules()) {
        text.append("- ").append(rule.text()).append('\n');
      }
    }
    shape.keys().forEach(key -> sections(path + key.name(), key.type()));
  }

  private void row(String path, Key<?> key) {
    String name = key.name();
    String type =
        nested(path + name, key.type())
            .map(target -> "[" + key.type().label() + "](#" + anchor(target) + ")")
            .orElse(key.type().label());
    String absent = key.writtenDefault().map(value -> "`" + value + "`").orElse(key.absent());
    String example =
        key.examples().stream()
            .limit(1)
            .map(value -> "`" + flow(value) + "`")
            .collect(Collectors.joining());
    text.append("| `")
        .append(name)
        .append("` | ")
        .append(cell(type))
        .append(" | ")
        .append(cell(absent))
        .append(" | ")
        .append(cell(key.fullDescription()))
        .append(" | ")
        .append(cell(example))
        .append(" |\n");
  }

  /** The title of the section of a mapping with known keys; empty if a type has none. */
  private static Optional<String> nested(String path, Type<?> type) {
    if (type instanceof Shape) {
      return Optional.of(path);
    } else if (type instanceof Variants variants) {
      return Optional.of(
          variant(path, variants.key(), variants.shapes().keySet().iterator().next()));
    } else if (type instanceof EntriesType<?> entries) {
      return nested(path + ".NAME", entries.value());
    } else if (type instanceof ListType<?> list) {
      return nested(path, list.item());
    }
    return Optional.empty();
  }

  private void sections(String path, Type<?> type) {
    if (type instanceof Shape shape) {
      section(path + ".", path, shape);
    } else if (type instanceof Variants variants) {
      variants
          .shapes()
          .forEach(
              (value, shape) -> section(path + ".", variant(path, variants.key(), value), shape));
    } else if (type instanceof EntriesType<?> entries) {
      sections(path + ".NAME", entries.value());
    } else if (type instanceof ListType<?> list) {
      sections(path, list.item());
    }
  }

  private static String variant(String path, String key, String value) {
    return path + " with " + key + " " + value;
  }

  private static String anchor(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  /** A value as the file may write it: YAML takes JSON too. */
  private static String flow(Object value) {
    if (value instanceof String text) {
      return text.isBlank() ? Json.text(text).strip() : text;
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + entry.getValue())
          .collect(Collectors.joining(", ", "{ ", " }"));
    }
    if (value instanceof List<?> all) {
      return all.stream()
          .map(item -> item.toString().contains(",") ? Json.text(item).strip() : item.toString())
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return String.valueOf(value);
  }
}
