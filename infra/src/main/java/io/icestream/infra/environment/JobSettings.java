/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How jobs run.
 *
 * @param architecture the processors; default {@link Architecture#ARM64}
 * @param maxVcpus how many virtual processors all jobs together get at most; default 16, which is
 *     the quota of a new account
 * @param maxExecutors how many executors one pipeline gets at most; default 2
 * @param jar the job's jar; empty if the deployment is to have no artefact yet
 * @param controllerZip the function that starts and watches jobs; empty without a jar
 * @param functionsZip the functions that speak to Kafka; empty without a jar
 * @param logRetentionDays how long logs are kept; default 30
 */
public record JobSettings(
    Architecture architecture,
    int maxVcpus,
    int maxExecutors,
    Optional<Path> jar,
    Optional<Path> controllerZip,
    Optional<Path> functionsZip,
    int logRetentionDays) {
  /** The virtual processors of a driver, and of an executor. */
  public static final int VCPUS = 2;

  /** The memory of a driver, and of an executor, in GB, with what Spark needs beside the heap. */
  public static final int MEMORY_GB = 8;

  /** The disk of a driver, and of an executor, in GB: as much as is free of charge. */
  public static final int DISK_GB = 20;

  public JobSettings {
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(jar, "jar");
    Objects.requireNonNull(controllerZip, "controllerZip");
    Objects.requireNonNull(functionsZip, "functionsZip");
  }

  /** How many drivers and executors fit. */
  public int maxWorkers() {
    return maxVcpus / VCPUS;
  }

  /** The virtual processors that one pipeline takes at most. */
  public int vcpusPerPipeline() {
    return VCPUS * (1 + maxExecutors);
  }

  /** The processors of the application. */
  public enum Architecture {
    ARM64,
    X86_64
  }
}
