/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.localstack.AwsStack;
import io.icestream.localstack.EmbeddedStack;
import io.icestream.localstack.StackStatus;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/** The systems that {@code up} can start on this machine. Each has an environment of its name. */
enum StackProfile {
  /** Kafka and S3. */
  EMBEDDED {
    @Override
    Path environmentFile(Path home) {
      return EmbeddedStack.environmentFile(home);
    }

    @Override
    StackStatus status(Path home) {
      return EmbeddedStack.status(home);
    }

    @Override
    void stop(Path home, Consumer<String> progress) {
      EmbeddedStack.stop(home, progress);
    }
  },

  /** Kafka and LocalStack, with catalog and job where a container engine answers. */
  LOCALSTACK {
    @Override
    Path environmentFile(Path home) {
      return AwsStack.environmentFile(home);
    }

    @Override
    StackStatus status(Path home) {
      return awsStack(home).status();
    }

    @Override
    void stop(Path home, Consumer<String> progress) {
      awsStack(home).stop(progress);
    }
  };

  /** The system that is made of containers, where they can be. */
  static AwsStack awsStack(Path home) {
    return new AwsStack(new AwsStack.Site(home, Distribution.sources(), Distribution.path()));
  }

  /** Its name on the command line. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The command that starts it. */
  String startCommand() {
    return this == EMBEDDED ? "./icestream up" : "./icestream up --profile " + key();
  }

  /** Where its environment is; absent until it has first been started. */
  abstract Path environmentFile(Path home);

  /** How its servers are. */
  abstract StackStatus status(Path home);

  /** Ends what was started. */
  abstract void stop(Path home, Consumer<String> progress);
}
