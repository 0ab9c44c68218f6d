/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import picocli.CommandLine.Option;

/** The option that says which stack of this machine is meant. */
final class ProfileOption {

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "embedded",
      description =
          "embedded (Kafka and S3), or localstack (Kafka and LocalStack; containers with catalog and"
              + " job where an engine answers, else processes) (default: ${DEFAULT-VALUE})")
  private StackProfile profile;

  StackProfile get() {
    return profile;
  }
}
