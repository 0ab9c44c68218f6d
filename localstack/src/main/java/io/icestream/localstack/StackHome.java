/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the stack keeps its state, path by path.
 *
 * @param root the directory above all others, absolute
 */
record StackHome(Path root) {

  StackHome {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * Creates the directories that the servers expect, and keeps all of them out of version control.
   *
   * @throws StackException if the home cannot be written
   */
  void create() {
    try {
      Files.createDirectories(run());
      Files.createDirectories(logs());
      Files.createDirectories(checkpoints());
      Path ignore = root.resolve(".gitignore");
      if (Files.notExists(ignore)) {
        Files.writeString(ignore, "*\n", StandardCharsets.US_ASCII);
      }
    } catch (IOException e) {
      throw new StackException(
          "Cannot write the home directory " + root + " (" + e + "); choose another with --home",
          e);
    }
  }

  Path run() {
    return root.resolve("run");
  }

  Path lock() {
    return run().resolve("lock");
  }

  Path pidFile(ServerKind kind) {
    return run().resolve(kind.key() + ".pid");
  }

  Path serverProperties(ServerKind kind) {
    return run().resolve(kind.key() + ".properties");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path log(ServerKind kind) {
    return logs().resolve(kind.key() + ".log");
  }

  Path data(ServerKind kind) {
    return root.resolve(kind.key());
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  Path metrics() {
    return root.resolve("metrics");
  }

  Path catalog() {
    return root.resolve("catalog.db");
  }

  /** Where LocalStack has its files, as below the root of a machine of its own. */
  Path localStackRoot() {
    return root.resolve("root");
  }

  /** The virtual environment that LocalStack is installed in. */
  Path virtualEnvironment() {
    return root.resolve("venv");
  }

  Path python() {
    return virtualEnvironment().resolve("bin").resolve("python");
  }

  Path environment() {
    return root.resolve("environment.properties");
  }
}
