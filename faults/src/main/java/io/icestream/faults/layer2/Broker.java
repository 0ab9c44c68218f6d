/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import io.icestream.localstack.EmbeddedStack;
import io.icestream.localstack.ServerStatus;
import io.icestream.localstack.StackSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The broker of a site, as a process. */
final class Broker {
  private static final String SERVER = "kafka";

  private final StackSettings settings;
  private final Map<String, String> client;

  /**
   * @param settings of the stack, with the ports that it has
   * @param client properties of Kafka clients
   */
  Broker(StackSettings settings, Map<String, String> client) {
    this.settings = settings;
    this.client = Map.copyOf(client);
  }

  /** Properties of Kafka clients. */
  Map<String, String> client() {
    return client;
  }

  /** Sends it a signal. */
  void send(Signal signal) {
    signal.to(
        EmbeddedStack.status(settings.home()).servers().stream()
            .filter(server -> server.name().equals(SERVER))
            .map(ServerStatus::pid)
            .findFirst()
            .orElseThrow()
            .orElseThrow());
  }

  /** Starts it again after it was killed; returns when it answers. */
  void revive() {
    var unused = EmbeddedStack.start(settings, line -> {});
  }

  /** Creates a topic, one replica of each partition. */
  void create(String topic, int partitions, int largestRecord) {
    NewTopic created =
        new NewTopic(topic, Optional.of(partitions), Optional.empty())
            .configs(Map.of("max.message.bytes", Integer.toString(largestRecord)));
    try (Admin admin = Admin.create(Map.copyOf(client))) {
      Void unused = admin.createTopics(List.of(created)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Topic " + topic + " cannot be created", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while creating topic " + topic, e);
    }
  }
}
