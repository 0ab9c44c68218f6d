/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import io.icestream.cli.process.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.MountableFile;

/** Kafka, LocalStack and an Iceberg REST catalog in containers of one network. */
final class ContainerSite implements Site {
  private static final int CATALOG_PORT = 8181;
  private static final int TRINO_PORT = 8080;

  /** What the product uses, and what its stacks are made of as far as there is an emulation. */
  private static final String[] SERVICES = {
    "cloudformation", "cloudwatch", "ecr", "events", "iam", "logs", "s3", "sns", "sqs", "ssm", "sts"
  };

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path home;
  private final Network network;
  private final LocalStack localStack;
  private final Deque<AutoCloseable> held = new ArrayDeque<>();
  private Trino trino;

  private ContainerSite(Path home, Network network, LocalStack localStack) {
    this.home = home;
    this.network = network;
    this.localStack = localStack;
  }

  static ContainerSite start(Path home) {
    Network network = Network.newNetwork();
    KafkaContainer kafka = new KafkaContainer(Images.of("kafka")).withStartupTimeout(PATIENCE);
    LocalStackContainer aws =
        new LocalStackContainer(Images.of("localstack"))
            .withServices(SERVICES)
            .withNetwork(network)
            .withNetworkAliases("localstack")
            .withStartupTimeout(PATIENCE);
    GenericContainer<?> catalog =
        new GenericContainer<>(Images.of("catalog"))
            .withNetwork(network)
            .withNetworkAliases("catalog")
            .withExposedPorts(CATALOG_PORT)
            .withEnv("CATALOG_WAREHOUSE", "s3://" + LocalStack.BUCKET + "/warehouse")
            .withEnv("CATALOG_IO__IMPL", "org.apache.iceberg.aws.s3.S3FileIO")
            .withEnv("CATALOG_S3_ENDPOINT", "http://localstack:4566")
            .withEnv("CATALOG_S3_PATH__STYLE__ACCESS", "true")
            .withEnv("AWS_REGION", LocalStack.REGION)
            .withEnv("AWS_ACCESS_KEY_ID", LocalStack.KEY)
            .withEnv("AWS_SECRET_ACCESS_KEY", LocalStack.KEY)
            .waitingFor(Wait.forHttp("/v1/config").withStartupTimeout(PATIENCE));
    startAll(kafka, aws, catalog);
    ContainerSite site = new ContainerSite(home, network, new LocalStack(aws.getEndpoint()));
    site.hold(network, kafka, aws, catalog);
    site.localStack.provideBucket();
    SiteFile.write(
        site,
        kafka.getBootstrapServers(),
        Map.of(
            "catalog.type",
            "rest",
            "catalog.uri",
            "http://" + catalog.getHost() + ":" + catalog.getMappedPort(CATALOG_PORT)));
    return site;
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public LocalStack localStack() {
    return localStack;
  }

  @Override
  public Trino trino() {
    if (trino == null) {
      GenericContainer<?> container =
          new GenericContainer<>(Images.of("trino"))
              .withNetwork(network)
              .withExposedPorts(TRINO_PORT)
              .withCopyFileToContainer(
                  MountableFile.forHostPath(
                      Workspace.root().resolve("localstack/trino/lake.properties")),
                  "/etc/trino/catalog/lake.properties")
              .waitingFor(
                  Wait.forLogMessage(".*SERVER STARTED.*\\n", 1).withStartupTimeout(PATIENCE));
      startAll(container);
      hold(container);
      trino =
          Trino.at(
              "jdbc:trino://" + container.getHost() + ":" + container.getMappedPort(TRINO_PORT));
      hold(trino);
    }
    return trino;
  }

  private static void startAll(Startable... containers) {
    try {
      Startables.deepStart(containers).join();
    } catch (CompletionException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ContainerFetchException) {
          throw new IllegalStateException(
              "An image is not here and cannot be pulled; localstack/images/build.sh assembles it: "
                  + cause.getMessage(),
              e);
        }
      }
      throw e;
    }
  }

  private void hold(AutoCloseable... things) {
    for (AutoCloseable thing : things) {
      held.push(thing);
    }
  }

  @Override
  public void close() {
    while (!held.isEmpty()) {
      try {
        held.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("Cannot end what the tests have started", e);
      }
    }
  }
}
