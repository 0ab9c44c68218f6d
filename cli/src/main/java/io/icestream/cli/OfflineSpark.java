/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import org.apache.spark.sql.SparkSession;

/** Spark on this machine, without Kafka and tables; started when it is first needed. */
final class OfflineSpark implements AutoCloseable {
  private final String name;
  private SparkSession spark;

  /**
   * @param name the application's name in Spark's logs
   */
  OfflineSpark(String name) {
    this.name = name;
  }

  /** A session that shares nothing with those given before but the machine. */
  SparkSession session() {
    if (spark == null) {
      spark = SparkSessions.open(Environment.OFFLINE, name);
    }
    return spark.newSession();
  }

  @Override
  public void close() {
    if (spark != null) {
      spark.stop();
    }
  }
}
