/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.inspect.PipelineGraph;
import io.icestream.spark.inspect.PipelineGraph.Edge;
import io.icestream.spark.inspect.PipelineGraph.Node;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** How the graph of a pipeline is printed. */
enum GraphFormat {
  /** For a terminal: a paragraph per node, saying where its rows come from. */
  TEXT {
    @Override
    void print(PipelineGraph graph, PrintWriter out) {
      out.println("pipeline " + graph.pipeline());
      for (Node node : graph.nodes()) {
        String from =
            graph.edges().stream()
                .filter(edge -> edge.to().equals(node))
                .map(TEXT::origin)
                .collect(Collectors.joining(", "));
        out.println();
        out.println(node.kind() + " " + node.name() + (from.isEmpty() ? "" : " <- " + from));
        node.details().forEach(detail -> out.println("    " + detail));
      }
    }
  },

  /** For a page: a flowchart, as Markdown on GitHub shows it in a mermaid block. */
  MERMAID {
    @Override
    void print(PipelineGraph graph, PrintWriter out) {
      out.println("flowchart LR");
      List<Node> nodes = graph.nodes();
      for (int i = 0; i < nodes.size(); i++) {
        out.println("  n" + i + box(nodes.get(i)));
      }
      for (Edge edge : graph.edges()) {
        out.println(
            "  n"
                + nodes.indexOf(edge.from())
                + (edge.label().isEmpty() ? " --> " : " -->|" + edge.label() + "| ")
                + "n"
                + nodes.indexOf(edge.to()));
      }
    }
  };

  abstract void print(PipelineGraph graph, PrintWriter out);

  String origin(Edge edge) {
    return edge.from().name() + (edge.label().isEmpty() ? "" : " (" + edge.label() + ")");
  }

  /** Steps are boxes, everything that holds rows is a cylinder. */
  private static String box(Node node) {
    String text =
        node.kind()
            + " <b>"
            + escaped(node.name())
            + "</b>"
            + node.details().stream().map(d -> "<br/>" + escaped(d)).collect(Collectors.joining());
    return switch (node.kind()) {
      case STEP -> "[\"" + text + "\"]";
      case SOURCE, LOOKUP, SINK, QUARANTINE -> "[(\"" + text + "\")]";
    };
  }

  /** Quotes end a text in Mermaid, and a text is HTML. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("\\s+", " ");
  }
}
