/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.constructs.IConstruct;

/** Findings of cdk-nag that are left as they are, each with the reason. */
final class Accepted {
  private static final String WILDCARDS = "AwsSolutions-IAM5";

  /** What the CDK calls the Lambda, one for each stack. */
  private static final String SDK_CALLS = "AWS679f53fac002430cb0da5b7982bd2287";

  private Accepted() {}

  /**
   * Accepts the role of the Lambda that makes the calls of a stack's {@code AwsCustomResource}s.
   * The CDK gives it its policy; each call adds one of its own.
   */
  static void sdkCalls(Stack stack) {
    accept(
        stack.getNode().findChild(SDK_CALLS),
        NagPackSuppression.builder()
            .id("AwsSolutions-IAM4")
            .reason("The CDK's own Lambda writes its log by AWS's policy for that")
            .build());
  }

  /** Accepts what the CDK's provider of custom resources is made of. */
  static void provider(IConstruct provider) {
    accept(
        provider,
        NagPackSuppression.builder()
            .id("AwsSolutions-IAM4")
            .reason("The CDK's own Lambda writes its log by AWS's policy for that")
            .build());
    accept(
        provider,
        NagPackSuppression.builder()
            .id("AwsSolutions-L1")
            .reason("The CDK chooses the version of its own Lambda")
            .build());
    wildcard(
        provider, ".*Function.*:\\*", "The CDK's own Lambda calls each version of the function");
  }

  /** Accepts that a function does not run on the newest Java. */
  static void formerJava(IConstruct function) {
    accept(
        function,
        NagPackSuppression.builder()
            .id("AwsSolutions-L1")
            .reason("Java 17 is what the functions are built for and tested with")
            .build());
  }

  /**
   * Accepts resources with a star.
   *
   * @param pattern a regular expression of the resource as cdk-nag writes it
   * @param reason what the star stands for
   */
  static void wildcard(IConstruct construct, String pattern, String reason) {
    accept(
        construct,
        NagPackSuppression.builder()
            .id(WILDCARDS)
            .appliesTo(
                List.of(RegexAppliesTo.builder().regex("/^Resource::" + pattern + "$/").build()))
            .reason(reason)
            .build());
  }

  /** Accepts a queue that has no queue of dead letters, since it is one. */
  static void endOfTheLine(IConstruct queue) {
    accept(
        queue,
        NagPackSuppression.builder()
            .id("AwsSolutions-SQS3")
            .reason("It is the queue of dead letters")
            .build());
  }

  /** Accepts a function's version of Java. */
  static void runtime(IConstruct function) {
    accept(
        function,
        NagPackSuppression.builder()
            .id("AwsSolutions-L1")
            .reason("Java 17 is what the functions are built for and tested with")
            .build());
  }

  private static void accept(IConstruct construct, NagPackSuppression suppression) {
    NagSuppressions.addResourceSuppressions(construct, List.of(suppression), true);
  }
}
