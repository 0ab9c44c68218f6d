/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import io.icestream.producers.ProducerException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers {@code host:port}, several of them separated by commas
 * @param extra further settings of the Kafka producer by their Kafka names, such as {@code
 *     security.protocol}; they win over the defaults here (lz4, linger 20 ms, batches of 256 KiB,
 *     delivery timeout 60 s). What keeps the account right (servers, serializers, acks=all,
 *     idempotence) cannot be set.
 */
public record ProducerSettings(String bootstrapServers, Map<String, String> extra) {

  private static final Set<String> FIXED =
      Set.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG);

  /**
   * @throws ProducerException if there are no bootstrap servers or a fixed setting is given
   */
  public ProducerSettings {
    extra = Map.copyOf(extra);
    if (bootstrapServers == null || bootstrapServers.isBlank()) {
      throw new ProducerException(
          "Bootstrap servers are not set: give 'kafka.bootstrap.servers' in the environment.");
    }
    for (String name : extra.keySet()) {
      if (FIXED.contains(name)) {
        throw new ProducerException(
            "Kafka setting '"
                + name
                + "' = '"
                + extra.get(name)
                + "' cannot be changed: leave it out, the producer sets it itself.");
      }
    }
  }

  /** Settings for a broker without security. */
  public static ProducerSettings of(String bootstrapServers) {
    return new ProducerSettings(bootstrapServers, Map.of());
  }

  Properties forProducer() {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "20");
    properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(256 << 10));
    properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "60000");
    properties.putAll(extra);
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    return properties;
  }

  /** For a client that administers topics. */
  public Properties forAdmin() {
    Properties properties = knownTo(AdminClientConfig.configNames());
    properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return properties;
  }

  /** Of a consumer without a group, which commits no offsets. */
  Properties forConsumer() {
    Properties properties = knownTo(ConsumerConfig.configNames());
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return properties;
  }

  private Properties knownTo(Set<String> names) {
    Properties properties = new Properties();
    extra.forEach(
        (name, value) -> {
          if (names.contains(name)) {
            properties.setProperty(name, value);
          }
        });
    return properties;
  }
}
