/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.Location;
import io.icestream.model.shape.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Rewrites what the tests of a pipeline file expect, and leaves every other byte of the file as it
 * is.
 */
public final class ExpectBlocks {
  private final String yaml;
  private final String lineBreak;

  /** New text by the place of the old one, which ends at the other place. */
  private final SortedMap<Integer, Edit> edits = new TreeMap<>();

  private record Edit(int end, String text) {}

  private ExpectBlocks(String yaml) {
    this.yaml = yaml;
    this.lineBreak = yaml.contains("\r\n") ? "\r\n" : "\n";
  }

  /**
   * Writes new rows.
   *
   * @param yaml a pipeline file that {@link PipelineParser} takes
   * @param rows the rows of each table to be rewritten, by the place of its test; a test without
   *     {@code expect} gets one
   * @return the file
   * @throws IllegalArgumentException if a test is written in braces, where rows have no line of
   *     their own; the message says which
   */
  public static String rewrite(
      String yaml, Map<Location, Map<String, List<Map<String, Object>>>> rows) {
    ExpectBlocks blocks = new ExpectBlocks(yaml);
    Node root = new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow();
    value(root, "tests")
        .filter(SequenceNode.class::isInstance)
        .ifPresent(
            tests ->
                ((SequenceNode) tests)
                    .getValue()
                    .forEach(
                        test ->
                            Optional.ofNullable(rows.get(Problems.location(test)))
                                .ifPresent(tables -> blocks.rewrite((MappingNode) test, tables))));
    return blocks.edited();
  }

  private void rewrite(MappingNode test, Map<String, List<Map<String, Object>>> tables) {
    requireBlock(test);
    Optional<Node> expect = value(test, "expect");
    if (expect.isPresent() && expect.get() instanceof MappingNode mapping && isFilled(mapping)) {
      requireBlock(mapping);
      for (NodeTuple entry : mapping.getValue()) {
        List<Map<String, Object>> rows = tables.get(name(entry));
        if (rows != null) {
          replaceRows(entry, rows);
        }
      }
      return;
    }
    int indent = column(test.getValue().get(0).getKeyNode());
    StringBuilder text = new StringBuilder();
    tables.forEach(
        (table, rows) ->
            text.append(lineBreak)
                .append(" ".repeat(indent + 2))
                .append(YamlFlow.of(table))
                .append(':')
                .append(list(rows, indent + 4)));
    for (NodeTuple entry : test.getValue()) {
      if (name(entry).equals("expect")) { // and is empty
        edits.put(afterColon(entry), new Edit(end(entry.getValueNode()), text.toString()));
        return;
      }
    }
    int end = end(test);
    edits.put(end, new Edit(end, lineBreak + " ".repeat(indent) + "expect:" + text));
  }

  /** What follows the colon on its line, such as a comment, stays there. */
  private void replaceRows(NodeTuple entry, List<Map<String, Object>> rows) {
    int colon = afterColon(entry);
    int start = start(entry.getValueNode());
    int lineEnd = yaml.indexOf(lineBreak, colon);
    int from = lineEnd >= 0 && lineEnd < start && !rows.isEmpty() ? lineEnd : colon;
    edits.put(
        from, new Edit(end(entry.getValueNode()), list(rows, column(entry.getKeyNode()) + 2)));
  }

  private String list(List<Map<String, Object>> rows, int indent) {
    StringBuilder text = new StringBuilder(rows.isEmpty() ? " []" : "");
    for (Map<String, Object> row : rows) {
      text.append(lineBreak).append(" ".repeat(indent)).append("- ").append(YamlFlow.of(row));
    }
    return text.toString();
  }

  private String edited() {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Map.Entry<Integer, Edit> edit : edits.entrySet()) {
      text.append(yaml, at, edit.getKey()).append(edit.getValue().text());
      at = edit.getValue().end();
    }
    return text.append(yaml, at, yaml.length()).toString();
  }

  private static void requireBlock(MappingNode node) {
    if (node.getFlowStyle() == FlowStyle.FLOW) {
      throw new IllegalArgumentException(
          "The test at "
              + Problems.location(node)
              + " is written in braces, so its rows have no lines of their own. Write 'name',"
              + " 'given' and 'expect', and each table below 'expect', on lines of their own.");
    }
  }

  private static boolean isFilled(MappingNode mapping) {
    return !mapping.getValue().isEmpty();
  }

  private static Optional<Node> value(Node node, String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(entry -> name(entry).equals(key))
            .map(NodeTuple::getValueNode)
            .findFirst()
        : Optional.empty();
  }

  private static String name(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private int afterColon(NodeTuple entry) {
    return yaml.indexOf(':', offset(entry.getKeyNode().getEndMark().orElseThrow())) + 1;
  }

  private int start(Node node) {
    return offset(node.getStartMark().orElseThrow());
  }

  /** Where a value's text ends: a block goes on to the next key, past blank lines and comments. */
  private int end(Node node) {
    int end = offset(node.getEndMark().orElseThrow());
    int content = end;
    while (content > start(node)) {
      int line = yaml.lastIndexOf('\n', content - 1) + 1;
      String text = yaml.substring(line, content).strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        break;
      }
      content = line == 0 ? 0 : line - 1;
    }
    while (content > 0 && Character.isWhitespace(yaml.charAt(content - 1))) {
      content--;
    }
    return Math.max(content, start(node));
  }

  private static int column(Node node) {
    return Problems.location(node).column() - 1;
  }

  /** Marks count code points, and a text has chars. */
  private int offset(Mark mark) {
    return yaml.offsetByCodePoints(0, mark.getIndex());
  }
}
