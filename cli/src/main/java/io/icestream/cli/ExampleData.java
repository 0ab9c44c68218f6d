/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.cli.example.DeviceTable;
import io.icestream.cli.example.ExampleTopics;
import io.icestream.spark.environment.Environment;
import java.util.List;
import java.util.function.Consumer;

/** Provides what the example pipelines need in a running stack. */
final class ExampleData {
  private ExampleData() {}

  /**
   * Creates what is absent.
   *
   * @param environment where Kafka and the catalog are
   * @param progress takes a line for each thing that was created
   */
  static void provide(Environment environment, Consumer<String> progress) {
    List<String> topics = ExampleTopics.create(environment.bootstrapServers());
    if (!topics.isEmpty()) {
      progress.accept("Created topics " + String.join(", ", topics));
    }
    if (DeviceTable.createIfAbsent(environment.catalog())) {
      progress.accept("Created table ref.devices");
    }
  }
}
