/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import java.util.SortedSet;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.glue.CfnDatabase;
import software.amazon.awscdk.services.glue.CfnDatabase.DatabaseInputProperty;
import software.constructs.Construct;

/** A database of Glue for each namespace in which pipelines make tables. */
final class GlueDatabases extends Construct {
  GlueDatabases(
      Construct scope, SortedSet<String> namespaces, String warehouse, RemovalPolicy removal) {
    super(scope, "Databases");
    for (String namespace : namespaces) {
      CfnDatabase.Builder.create(this, namespace)
          .catalogId(Stack.of(this).getAccount())
          .databaseInput(
              DatabaseInputProperty.builder()
                  .name(namespace)
                  .description("Tables of Icestream")
                  // Decides where tables are: what a pipeline may do in S3 is derived from it
                  .locationUri(warehouse + "/" + namespace)
                  .build())
          .build()
          .applyRemovalPolicy(removal);
    }
  }
}
