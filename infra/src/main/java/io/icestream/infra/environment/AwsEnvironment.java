/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A deployment in an account: the values of the context, checked.
 *
 * @param place which stage, in which account and region
 * @param removal what becomes of data when a stack is destroyed; default {@link Removal#RETAIN}
 * @param network the VPC
 * @param kafka the brokers
 * @param lake the tables
 * @param jobs what runs pipelines
 * @param alarmAddress who gets a mail when something is wrong; empty: alarms are only shown
 * @param pipelines the pipeline files to deploy; at least one
 * @param producers what puts records into Kafka
 */
public record AwsEnvironment(
    Place place,
    Removal removal,
    NetworkSettings network,
    KafkaSettings kafka,
    LakeSettings lake,
    JobSettings jobs,
    Optional<String> alarmAddress,
    List<Path> pipelines,
    ProducerSettings producers) {
  public AwsEnvironment {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(removal, "removal");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(kafka, "kafka");
    Objects.requireNonNull(lake, "lake");
    Objects.requireNonNull(jobs, "jobs");
    Objects.requireNonNull(alarmAddress, "alarmAddress");
    pipelines = List.copyOf(pipelines);
    Objects.requireNonNull(producers, "producers");
  }

  /**
   * Which deployment this is.
   *
   * @param stage its name, part of the name of everything that it makes
   * @param account the account's number; empty: that of the credentials at deployment
   * @param region the region
   */
  public record Place(String stage, Optional<String> account, String region) {
    /** The name of a part of the deployment. */
    public String named(String part) {
      return "icestream-" + stage + "-" + part;
    }
  }

  /**
   * The tables.
   *
   * @param catalog where they are registered; default {@link CatalogKind#GLUE}
   * @param scanLimitGb how much one query of Athena may read; default 100
   */
  public record LakeSettings(CatalogKind catalog, int scanLimitGb) {
    public LakeSettings {
      Objects.requireNonNull(catalog, "catalog");
    }
  }

  /**
   * Reads the context.
   *
   * @param context the values by key: texts, numbers, lists and maps, with those of the CDK
   * @param root the folder that paths are relative to
   * @throws ContextException if a key is unknown, missing or has a wrong value
   */
  public static AwsEnvironment of(Map<String, Object> context, Path root) {
    return new EnvironmentContext(Context.of(context), root).read();
  }
}
