/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.infra.environment.CatalogKind;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.parse.PipelineParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTablesTest {
  private static final String FILE =
      """
      version: 1
      name: orders
      sources:
        orders:
          kafka: { topic: orders }
          format: { type: json, schema: schemas/order.avsc%s }
      sinks:
        %s: { from: orders, mode: append%s }
      quarantine: { table: shop.quarantine }
      """;

  @TempDir Path folder;

  @Test
  void hasTheTablesOfARouteByTheBeginningOfTheirNames() {
    // given
    PipelineDefinition pipeline =
        pipeline("", "shop.orders", ", route_by: country, max_tables: 20");
    Places places =
        new Places("aws", "eu-central-1", "1", "K/U", "lake", "points", Optional.empty(), "logs");

    // when
    PipelineTables tables = PipelineTables.of(pipeline);
    List<Grant> grants = PipelineGrants.of(pipeline, places, List.of("start"));

    // then
    assertThat(tables.families()).containsExactly(new PipelineTables.Name("shop", "orders_"));
    assertThat(grant(grants, "MakeAndCommitTables").resources())
        .contains("arn:aws:glue:eu-central-1:1:table/shop/orders_*");
    assertThat(grant(grants, "WriteTableFiles").resources())
        .contains("arn:aws:s3:::lake/warehouse/shop/orders_*");
  }

  @Test
  void readsSchemasOfGlueOnlyWhereRecordsNameThem() {
    // given
    Places places =
        new Places("aws", "eu-central-1", "1", "K/U", "lake", "points", Optional.empty(), "logs");

    // then
    assertThat(
            PipelineGrants.of(pipeline(", framing: glue", "shop.orders", ""), places, List.of("s")))
        .extracting(Grant::id)
        .contains("ReadSchemas");
    assertThat(PipelineGrants.of(pipeline("", "shop.orders", ""), places, List.of("s")))
        .extracting(Grant::id)
        .doesNotContain("ReadSchemas");
  }

  @Test
  void refusesANameThatNoCatalogOfAwsTakes() {
    assertThatThrownBy(() -> PipelineTables.of(pipeline("", "shop.Orders", "")))
        .isInstanceOf(UnfitPipelineException.class)
        .hasMessageContaining("Table 'shop.Orders' cannot be had in AWS. Name it NAMESPACE.TABLE");
  }

  @Test
  void refusesWhatADeploymentDoesNotHave() {
    // given
    PipelineDefinition confluent = pipeline(", framing: confluent", "shop.orders", "");
    PipelineDefinition glue = pipeline(", framing: glue", "shop.orders", "");
    PipelineDefinition plain = pipeline("", "shop.orders", "");

    // then
    assertThatThrownBy(() -> Readiness.require(List.of(confluent), CatalogKind.GLUE))
        .hasMessageContaining("no Confluent registry");
    assertThatThrownBy(() -> Readiness.require(List.of(glue), CatalogKind.S3TABLES))
        .hasMessageContaining("Set 'catalog' to glue");
    assertThatThrownBy(() -> Readiness.require(List.of(plain, plain), CatalogKind.GLUE))
        .hasMessageContaining("Pipeline 'orders' is there twice");
    Readiness.require(List.of(glue), CatalogKind.GLUE);
  }

  @Test
  void takesTheSchemasAlong() throws Exception {
    // given
    PipelineDefinition pipeline = pipeline("", "shop.orders", "");
    assertThatThrownBy(() -> PipelineFiles.of(pipeline))
        .hasMessageContaining("Schema 'schemas/order.avsc' is no file below the folder");
    Files.createDirectories(folder.resolve("schemas"));
    Files.writeString(folder.resolve("schemas/order.avsc"), "{}");
    Files.writeString(folder.resolve("schemas/other.avsc"), "{}");

    // when
    PipelineFiles files = PipelineFiles.of(pipeline);

    // then
    assertThat(files.paths()).containsExactly("orders.yaml", "schemas/order.avsc");
  }

  private PipelineDefinition pipeline(String format, String table, String sink) {
    return PipelineParser.parse(folder.resolve("orders.yaml"), FILE.formatted(format, table, sink));
  }

  private static Grant grant(List<Grant> grants, String id) {
    return grants.stream().filter(grant -> grant.id().equals(id)).findFirst().orElseThrow();
  }
}
