/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.Expectation.Otherwise;
import io.icestream.model.PipelineDefinition;
import io.icestream.spark.transform.StepTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A pipeline as nodes and the ways of rows between them. Pure: read off the file, without Spark.
 *
 * @param pipeline the pipeline's name
 * @param nodes in the order of the file, the quarantine last
 * @param edges in the order of the file
 */
public record PipelineGraph(String pipeline, List<Node> nodes, List<Edge> edges) {
  public PipelineGraph {
    Objects.requireNonNull(pipeline, "pipeline");
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** What a node is. */
  public enum Kind {
    SOURCE,
    LOOKUP,
    STEP,
    SINK,
    QUARANTINE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A part of the pipeline.
   *
   * @param kind what it is
   * @param name its name, which no other node of its kind has
   * @param details what else there is to say, one line each
   */
  public record Node(Kind kind, String name, List<String> details) {
    public Node {
      details = List.copyOf(details);
    }
  }

  /**
   * The way of rows from one node to another.
   *
   * @param from where they come from
   * @param to where they go
   * @param label which of them; empty: all
   */
  public record Edge(Node from, Node to, String label) {}

  /** The graph of a pipeline file. */
  public static PipelineGraph of(PipelineDefinition definition) {
    Builder builder = new Builder();
    Node quarantine = new Node(Kind.QUARANTINE, definition.quarantine().table(), List.of());
    definition
        .sources()
        .forEach(
            (name, source) -> {
              List<String> details = new ArrayList<>(List.of("topic " + source.kafka().topic()));
              details.add(FormatName.of(source.format()));
              source.eventTime().ifPresent(column -> details.add("event time " + column));
              source
                  .watermark()
                  .ifPresent(age -> details.add("late after " + DurationText.of(age)));
              Node node = builder.add(new Node(Kind.SOURCE, name, details));
              String rejected = source.watermark().isPresent() ? "malformed, late" : "malformed";
              builder.edges.add(new Edge(node, quarantine, rejected));
            });
    definition
        .lookups()
        .forEach(
            (name, lookup) ->
                builder.add(
                    new Node(
                        Kind.LOOKUP,
                        name,
                        List.of(
                            "table " + lookup.table(),
                            "at most " + DurationText.of(lookup.refresh()) + " old"))));
    definition
        .steps()
        .forEach(
            (name, step) -> {
              List<String> details = new ArrayList<>();
              step.expectations()
                  .forEach(
                      e ->
                          details.add(
                              "expect "
                                  + e.name()
                                  + ": "
                                  + e.check()
                                  + ", else "
                                  + e.otherwise().name().toLowerCase(Locale.ROOT)));
              List<Node> read = builder.named(StepTexts.relations(step.sql()));
              Node node = builder.add(new Node(Kind.STEP, name, details));
              read.forEach(from -> builder.edges.add(new Edge(from, node, "")));
              if (step.expectations().stream()
                  .anyMatch(e -> e.otherwise() == Otherwise.QUARANTINE)) {
                builder.edges.add(new Edge(node, quarantine, "unmet"));
              }
            });
    definition
        .sinks()
        .forEach(
            (table, sink) -> {
              List<String> details = new ArrayList<>();
              details.add(sink.mode().name().toLowerCase(Locale.ROOT));
              if (!sink.key().isEmpty()) {
                details.add("key " + String.join(", ", sink.key()));
              }
              sink.partitionBy().forEach(part -> details.add("partitioned by " + part));
              sink.route()
                  .ifPresent(
                      route ->
                          details.add(
                              "a table per " + route.column() + ", at most " + route.maxTables()));
              Node node = builder.add(new Node(Kind.SINK, table, details));
              builder
                  .named(List.of(sink.from()))
                  .forEach(from -> builder.edges.add(new Edge(from, node, "")));
              if (sink.route().isPresent()) {
                builder.edges.add(new Edge(node, quarantine, "no table"));
              }
            });
    builder.add(quarantine);
    return new PipelineGraph(definition.name(), builder.nodes, builder.edges);
  }

  private static final class Builder {
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    Node add(Node node) {
      nodes.add(node);
      return node;
    }

    /** The nodes that SQL calls so, in this order; names that there are none of are left out. */
    List<Node> named(List<String> names) {
      return names.stream()
          .flatMap(
              name ->
                  nodes.stream()
                      .filter(node -> node.kind() != Kind.SINK && node.name().equals(name)))
          .toList();
    }
  }
}
