/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import io.icestream.infra.environment.CatalogKind;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.SourceDefinition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether pipelines that are right each can be deployed together. */
public final class Readiness {
  private Readiness() {}

  /**
   * Refuses what could not run.
   *
   * @throws UnfitPipelineException if two pipelines have the same name, or one needs what a
   *     deployment does not have
   */
  public static void require(List<PipelineDefinition> pipelines, CatalogKind catalog) {
    Set<String> names = new TreeSet<>();
    for (PipelineDefinition pipeline : pipelines) {
      if (!names.add(pipeline.name())) {
        throw new UnfitPipelineException(
            pipeline.file(),
            "Pipeline '" + pipeline.name() + "' is there twice. Give each pipeline its own name.");
      }
      pipeline
          .sources()
          .forEach((name, source) -> requireRegistry(pipeline, name, source, catalog));
    }
  }

  private static void requireRegistry(
      PipelineDefinition pipeline, String name, SourceDefinition source, CatalogKind catalog) {
    Framing framing = PipelineGrants.framing(source.format());
    if (framing == Framing.CONFLUENT) {
      throw new UnfitPipelineException(
          pipeline.file(),
          "Source '"
              + name
              + "' has 'framing: confluent', but a deployment has no Confluent registry. Use Glue's"
              + " ('framing: glue').");
    }
    if (framing == Framing.GLUE && catalog == CatalogKind.S3TABLES) {
      throw new UnfitPipelineException(
          pipeline.file(),
          "Source '"
              + name
              + "' has 'framing: glue', but with 'catalog' s3tables no way leads to Glue. Set"
              + " 'catalog' to glue.");
    }
  }
}
