/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.nio.file.Path;

/** The servers that stacks are made of, and how they differ from each other as processes. */
enum ServerKind {
  KAFKA("kafka", "Kafka", "", StackSettings.DEFAULT_KAFKA_PORT),
  S3("s3", "S3", "http://", StackSettings.DEFAULT_S3_PORT),
  LOCALSTACK("localstack", "LocalStack", "http://", StackSettings.DEFAULT_LOCALSTACK_PORT);

  private static final String KAFKA_HEAP = "512m";

  /**
   * Holds whole requests: a client that signs a payload without chunks makes the server keep all of
   * it to check the signature.
   */
  private static final String S3_HEAP = "1g";

  private final String key;
  private final String title;
  private final String scheme;
  private final int defaultPort;

  ServerKind(String key, String title, String scheme, int defaultPort) {
    this.key = key;
    this.title = title;
    this.scheme = scheme;
    this.defaultPort = defaultPort;
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
    return defaultPort;
  }

  /** Where clients find the server, in the form they expect. */
  String address(int port) {
    return scheme + Loopback.HOST + ":" + port;
  }

  /** What its process runs. */
  ServerProgram program(StackHome home, Path distribution) {
    return switch (this) {
      case KAFKA -> java(home, distribution, "kafka.KafkaServerMain", KAFKA_HEAP);
      case S3 -> java(home, distribution, "s3.S3ServerMain", S3_HEAP);
      case LOCALSTACK -> new LocalStackServer(home.python());
    };
  }

  /** How to ask whether the server serves. */
  Probe probe() {
    return switch (this) {
      case KAFKA -> new KafkaProbe();
      case S3 -> new HttpProbe();
      case LOCALSTACK -> new LocalStackProbe();
    };
  }

  private ServerProgram java(StackHome home, Path distribution, String mainClass, String heap) {
    return new JavaServer(
        title,
        distribution.resolve("lib").resolve(key),
        "io.icestream.localstack." + mainClass,
        heap,
        home.serverProperties(this));
  }
}
