/* SPDX-License-Identifier: MIT */
package io.icestream.cli.cost;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.model.PipelineDefinition;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An estimate, to be printed. */
public final class CostReport {
  private final CostEstimate estimate;

  private CostReport(CostEstimate estimate) {
    this.estimate = estimate;
  }

  /**
   * Estimates what pipelines cost.
   *
   * @param pipelines what runs
   * @param file what is known of the data and the deployment
   * @throws io.icestream.model.PipelineFileException if the file is wrong
   */
  public static CostReport of(List<PipelineDefinition> pipelines, Path file) {
    Prices prices = Prices.ofProduct();
    Set<String> names =
        pipelines.stream()
            .map(PipelineDefinition::name)
            .collect(Collectors.toCollection(TreeSet::new));
    return new CostReport(
        CostEstimate.of(pipelines, WorkloadFile.read(file, names, prices), prices));
  }

  /** For people. */
  public void print(PrintWriter out) {
    String of = "";
    for (CostLine line : estimate.lines()) {
      if (!line.of().equals(of)) {
        of = line.of();
        out.println(of);
      }
      out.println(
          String.format(
              Locale.ROOT,
              "  %-34s %14s x %-12s %-16s %10s%s",
              line.what(),
              CostEstimate.text(line.amount()),
              BigDecimal.valueOf(line.price().dollars()).toPlainString(),
              line.price().unit(),
              money(line.dollars()),
              line.price().asOf().equals("unconfirmed") ? " *" : ""));
    }
    out.println();
    out.println(
        "US dollars a month"
            + (estimate.stages() == 1 ? "" : ", of " + estimate.stages() + " such stages")
            + ": "
            + money(estimate.total()));
    out.println(
        "* a price that was not confirmed on AWS's page; the others are of "
            + String.join(", ", months())
            + ". Sources: --format json");
    out.println();
    out.println("Assumptions");
    estimate.assumptions().forEach(assumption -> out.println("  " + assumption));
  }

  /** For programs. */
  public String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("currency", "USD");
    root.put("per", "month");
    root.put("stages", estimate.stages());
    root.put("total", rounded(estimate.total()));
    for (CostLine line : estimate.lines()) {
      root.withArray("lines")
          .addObject()
          .put("of", line.of())
          .put("what", line.what())
          .put("amount", line.amount())
          .put("unit", line.price().unit())
          .put("price", line.price().dollars())
          .put("dollars", rounded(line.dollars()))
          .put("as_of", line.price().asOf())
          .put("source", line.price().source());
    }
    estimate.assumptions().forEach(text -> root.withArray("assumptions").add(text));
    return root.toPrettyString();
  }

  private Set<String> months() {
    return estimate.lines().stream()
        .map(line -> line.price().asOf())
        .filter(month -> !month.equals("unconfirmed"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String money(double dollars) {
    return String.format(Locale.ROOT, "%,.2f", dollars);
  }

  private static BigDecimal rounded(double dollars) {
    return BigDecimal.valueOf(dollars).setScale(2, RoundingMode.HALF_UP);
  }
}
