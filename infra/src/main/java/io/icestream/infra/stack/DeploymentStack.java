/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.Removal;
import java.util.List;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** A stack of a deployment. */
abstract class DeploymentStack extends Stack {
  private final AwsEnvironment settings;

  /**
   * @param scope the app
   * @param settings the deployment
   * @param part what the stack is called within it
   * @param description what it holds, for whoever meets it in the console
   */
  DeploymentStack(Construct scope, AwsEnvironment settings, String part, String description) {
    super(
        scope,
        settings.place().named(part),
        StackProps.builder()
            .env(
                Environment.builder()
                    .account(settings.place().account().orElse(null))
                    .region(settings.place().region())
                    .build())
            .description(description)
            .build());
    this.settings = settings;
  }

  AwsEnvironment settings() {
    return settings;
  }

  /** The name of a thing of this deployment. */
  String named(String part) {
    return settings.place().named(part);
  }

  /** What becomes of data when it is no longer declared. */
  RemovalPolicy dataRemoval() {
    return settings.removal() == Removal.RETAIN ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }

  /**
   * Given by the context: with an account the CDK would ask AWS, for which nobody has signed in.
   */
  @Override
  public List<String> getAvailabilityZones() {
    return settings.network().zones();
  }
}
