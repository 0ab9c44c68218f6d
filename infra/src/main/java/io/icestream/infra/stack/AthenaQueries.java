/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.PipelineTables;
import io.icestream.infra.access.PipelineTables.Name;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.CatalogKind;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awscdk.services.athena.CfnNamedQuery;
import software.amazon.awscdk.services.athena.CfnWorkGroup;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EngineVersionProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.ManagedQueryResultsConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.WorkGroupConfigurationProperty;
import software.constructs.Construct;

/** A workgroup of Athena that bounds what a query costs, with a first query for each table. */
final class AthenaQueries extends Construct {
  private static final long GIGABYTE = 1_000_000_000L;

  AthenaQueries(Construct scope, AwsEnvironment settings, List<PipelineTables> pipelines) {
    super(scope, "Queries");
    CfnWorkGroup workGroup =
        CfnWorkGroup.Builder.create(this, "WorkGroup")
            .name(settings.place().named("queries"))
            .description("Queries over the tables of Icestream")
            .recursiveDeleteOption(true)
            .workGroupConfiguration(
                WorkGroupConfigurationProperty.builder()
                    .enforceWorkGroupConfiguration(true)
                    .publishCloudWatchMetricsEnabled(true)
                    .bytesScannedCutoffPerQuery(settings.lake().scanLimitGb() * GIGABYTE)
                    .engineVersion(
                        EngineVersionProperty.builder()
                            .selectedEngineVersion("Athena engine version 3")
                            .build())
                    .managedQueryResultsConfiguration(
                        ManagedQueryResultsConfigurationProperty.builder().enabled(true).build())
                    .build())
            .build();
    SortedSet<Name> tables = new TreeSet<>();
    pipelines.forEach(pipeline -> tables.addAll(pipeline.written()));
    for (Name table : tables) {
      CfnNamedQuery.Builder.create(this, table.toString())
          .name("Some rows of " + table)
          .workGroup(workGroup.getRef())
          .database(table.namespace())
          .queryString(
              "SELECT * FROM "
                  + catalog(settings)
                  + quoted(table.namespace())
                  + "."
                  + quoted(table.table())
                  + " LIMIT 100")
          .build();
    }
  }

  private static String catalog(AwsEnvironment settings) {
    return settings.lake().catalog() == CatalogKind.S3TABLES
        ? quoted("s3tablescatalog/" + settings.place().named("tables")) + "."
        : "";
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
