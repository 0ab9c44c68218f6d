/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pipeline of docs/formats.md and the table of examples below it.
 *
 * @param topic the topic that it reads
 * @param yaml the fragment with its source
 * @param examples what is sent, in order
 */
record FormatExamples(String topic, String yaml, List<Example> examples) {
  private static final Pattern TOPIC = Pattern.compile("topic: (\\w+)");
  private static final Pattern EXAMPLE = Pattern.compile("\\| `(.*?)` \\|((?: `[^`]*`)+) \\|");
  private static final Pattern OUTCOME = Pattern.compile("`([^`]*)`");
  private static final Pattern STEP = Pattern.compile("(?m)^steps:\\n  (\\w+):");
  private static final Pattern FRAMING = Pattern.compile("framing: (\\w+)");
  private static final String TABLE = "| sent | becomes |";
  private static final Pattern SCHEMA =
      Pattern.compile("`(\\w+\\.(?:avsc|proto))`:\\n\\n```\\w+\\n(.*?)```", Pattern.DOTALL);

  /**
   * A line of a table.
   *
   * @param payload what is sent; empty: a record without value
   * @param outcomes a reason or a row as JSON, one for each row
   */
  record Example(Optional<byte[]> payload, List<String> outcomes) {}

  /** The table that it fills; that of its quarantine has {@code _bad} behind its name. */
  String table() {
    return "formats." + topic;
  }

  /** What its table is filled from: its only step, or the source. */
  String from() {
    Matcher step = STEP.matcher(yaml);
    return step.find() ? step.group(1) : "readings";
  }

  /** What stands before its values; empty: nothing. */
  Optional<String> framing() {
    Matcher framing = FRAMING.matcher(yaml);
    return framing.find() ? Optional.of(framing.group(1)) : Optional.empty();
  }

  /**
   * Reads the examples, and writes the page's schemas to a folder.
   *
   * @throws IllegalArgumentException if a table of examples belongs to no pipeline
   */
  static List<FormatExamples> of(Path page, Path schemas) throws IOException {
    String text = Files.readString(page);
    Matcher schema = SCHEMA.matcher(text);
    while (schema.find()) {
      Files.writeString(schemas.resolve(schema.group(1)), schema.group(2));
    }
    List<FormatExamples> all = new ArrayList<>();
    String[] parts = text.split("```yaml fragment\n");
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf("```\n");
      String yaml = parts[i].substring(0, end);
      Matcher topic = TOPIC.matcher(yaml);
      if (!topic.find()) {
        throw new IllegalArgumentException("No topic in " + yaml);
      }
      all.add(new FormatExamples(topic.group(1), yaml, examples(parts[i].substring(end + 4))));
    }
    long tables = text.lines().filter(TABLE::equals).count();
    if (tables != all.size()) {
      throw new IllegalArgumentException(
          "There are " + tables + " tables of examples and " + all.size() + " pipelines");
    }
    return all;
  }

  /** The rows of the first table. */
  private static List<Example> examples(String text) {
    List<Example> examples = new ArrayList<>();
    boolean inTable = false;
    for (String line : text.lines().toList()) {
      if (line.equals(TABLE)) {
        inTable = true;
      } else if (inTable && line.isBlank()) {
        break;
      } else if (inTable && !line.startsWith("|---")) {
        examples.add(example(line));
      }
    }
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("No examples in " + text);
    }
    return examples;
  }

  private static Example example(String line) {
    Matcher cells = EXAMPLE.matcher(line);
    if (!cells.matches()) {
      throw new IllegalArgumentException("No example: " + line);
    }
    List<String> outcomes =
        OUTCOME.matcher(cells.group(2)).results().map(each -> each.group(1)).toList();
    return new Example(payload(cells.group(1)), outcomes);
  }

  private static Optional<byte[]> payload(String written) {
    if (written.equals("«null»")) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String part : written.split("(?=«)|(?<=»)")) {
      bytes.writeBytes(
          part.startsWith("«")
              ? hexadecimal(part.substring(1, part.length() - 1))
              : part.getBytes(UTF_8));
    }
    return Optional.of(bytes.toByteArray());
  }

  /** Bytes such as {@code 0D0A}, or {@code 5B×1000} for so many of them. */
  private static byte[] hexadecimal(String written) {
    String[] parts = written.split("×");
    int times = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
    return HexFormat.of().parseHex(parts[0].repeat(times));
  }
}
