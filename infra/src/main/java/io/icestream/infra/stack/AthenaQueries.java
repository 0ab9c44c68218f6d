/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.PipelineTables;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.CatalogKind;
import java.util.List;
import software.amazon.awscdk.services.athena.CfnNamedQuery;
import software.amazon.awscdk.services.athena.CfnWorkGroup;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EngineVersionProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.ManagedQueryResultsConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.WorkGroupConfigurationProperty;
import software.constructs.Construct;

/** A workgroup of Athena that bounds what a query costs, with the first queries of each table. */
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
    for (FirstQueries.Query query : new FirstQueries(catalog(settings)).of(pipelines)) {
      CfnNamedQuery.Builder.create(this, query.id())
          .name(query.name())
          .workGroup(workGroup.getRef())
          .database(query.namespace())
          .queryString(query.sql())
          .build();
    }
  }

  private static String catalog(AwsEnvironment settings) {
    return settings.lake().catalog() == CatalogKind.S3TABLES
        ? FirstQueries.quoted("s3tablescatalog/" + settings.place().named("tables")) + "."
        : "";
  }
}
