/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.customresources.AwsCustomResource;
import software.amazon.awscdk.customresources.AwsCustomResourcePolicy;
import software.amazon.awscdk.customresources.AwsSdkCall;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * A value that only a call to AWS gives, made while the stack is deployed.
 *
 * @param service the service as the SDK names it
 * @param action the call
 * @param parameters what is asked
 * @param permission the action of IAM that allows it
 * @param resource the ARN that it is allowed on
 */
record Lookup(
    String service,
    String action,
    Map<String, Object> parameters,
    String permission,
    String resource) {
  /**
   * Looks a value up when the resource is made or its parameters change.
   *
   * @param field path of the value in the answer
   */
  String field(Construct scope, String id, String field) {
    AwsSdkCall call =
        AwsSdkCall.builder()
            .service(service)
            .action(action)
            // Written into a text: another order would be another call in each deployment
            .parameters(new TreeMap<>(parameters))
            .physicalResourceId(PhysicalResourceId.of(id))
            .outputPaths(List.of(field))
            .build();
    AwsCustomResource made =
        AwsCustomResource.Builder.create(scope, id)
            .resourceType("Custom::Lookup")
            .onUpdate(call)
            .installLatestAwsSdk(false)
            .policy(
                AwsCustomResourcePolicy.fromStatements(
                    List.of(
                        PolicyStatement.Builder.create()
                            .actions(List.of(permission))
                            .resources(List.of(resource))
                            .build())))
            .build();
    Accepted.sdkCalls(Stack.of(scope));
    return made.getResponseField(field);
  }
}
