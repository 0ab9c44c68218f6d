/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import io.icestream.cli.process.Command;
import io.icestream.cli.process.Servers;
import io.icestream.cli.process.Workspace;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A running embedded stack.
 *
 * @param home the directory of its state
 */
record Stack(Path home) implements AutoCloseable {

  /** Starts one on free ports, with a new home, and no probe: tests that want one start it. */
  static Stack up(String name) {
    Stack stack = new Stack(Workspace.emptyFolder(name));
    stack.command().run("up", "--kafka-port", "0", "--s3-port", "0", "--no-probe").succeeded();
    return stack;
  }

  Command command() {
    return new Command(home);
  }

  /** Where its servers are. */
  Environment environment() {
    return Environment.read(environmentFile());
  }

  Servers servers() {
    return Servers.of(environmentFile());
  }

  Path environmentFile() {
    return home.resolve("environment.properties");
  }

  Path checkpoint(String pipeline) {
    return home.resolve("checkpoints").resolve(pipeline);
  }

  /** A session on its tables in this JVM, for accounts that take many queries. */
  SparkSession spark() {
    return SparkSessions.open(environment(), "integration tests");
  }

  @Override
  public void close() {
    command().run("down").succeeded();
  }
}
