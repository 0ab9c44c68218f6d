/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

/** The servers of the stack and how they differ from each other as processes. */
enum ServerKind {
  KAFKA("kafka", "Kafka", "", "io.icestream.localstack.kafka.KafkaServerMain", "512m"),

  /**
   * The heap holds whole requests: a client that signs a payload without chunks makes the server
   * keep all of it to check the signature.
   */
  S3("s3", "S3", "http://", "io.icestream.localstack.s3.S3ServerMain", "1g");

  private final String key;
  private final String title;
  private final String scheme;
  private final String mainClass;
  private final String heap;

  ServerKind(String key, String title, String scheme, String mainClass, String heap) {
    this.key = key;
    this.title = title;
    this.scheme = scheme;
    this.mainClass = mainClass;
    this.heap = heap;
  }

  /** The name in file names and in data. */
  String key() {
    return key;
  }

  /** The name in sentences. */
  String title() {
    return title;
  }

  /** The command line option that sets the port. */
  String portOption() {
    return "--" + key + "-port";
  }

  int defaultPort() {
    return switch (this) {
      case KAFKA -> StackSettings.DEFAULT_KAFKA_PORT;
      case S3 -> StackSettings.DEFAULT_S3_PORT;
    };
  }

  /** Where clients find the server, in the form they expect. */
  String address(int port) {
    return scheme + Loopback.HOST + ":" + port;
  }

  String mainClass() {
    return mainClass;
  }

  /** The largest heap, as {@code -Xmx} takes it. */
  String heap() {
    return heap;
  }

  /** How to ask whether the server serves. */
  Probe probe() {
    return switch (this) {
      case KAFKA -> new KafkaProbe();
      case S3 -> new HttpProbe();
    };
  }
}
