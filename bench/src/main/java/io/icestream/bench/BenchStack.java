/* SPDX-License-Identifier: MIT */
package io.icestream.bench;

import io.icestream.localstack.EmbeddedStack;
import io.icestream.localstack.ServerStatus;
import io.icestream.localstack.StackSettings;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The benchmark's own broker.
 *
 * @param home folder of its state
 * @param distribution the servers' libraries
 * @param progress is given one sentence per step, for people
 */
public record BenchStack(Path home, Path distribution, Consumer<String> progress) {

  /** Starts the broker, lets something use it, and ends it. */
  public <T> T with(Function<ServerStatus, T> use) {
    Thread stop = new Thread(() -> EmbeddedStack.stop(home, line -> {}));
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      ServerStatus broker =
          EmbeddedStack.start(new StackSettings(home, distribution, 0, 0), progress)
              .servers()
              .stream()
              .filter(server -> server.name().equals("kafka"))
              .findFirst()
              .orElseThrow();
      return use.apply(broker);
    } finally {
      Runtime.getRuntime().removeShutdownHook(stop);
      EmbeddedStack.stop(home, line -> {});
    }
  }
}
