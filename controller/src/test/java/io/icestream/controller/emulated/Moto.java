/* SPDX-License-Identifier: MIT */
package io.icestream.controller.emulated;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** The server of moto, in a process of its own. */
public final class Moto implements AutoCloseable {
  private static final Path REQUIREMENTS = Path.of("src/test/moto-requirements.txt");
  private static final Path HOME = Path.of("target/moto");

  private final Process process;
  private final int port;

  private Moto(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Installs it under {@code target/moto} if it is not there.
   *
   * @return why it cannot be; empty if it is there
   */
  public static Optional<String> missing() throws Exception {
    Path installed = HOME.resolve("requirements.txt");
    if (Files.exists(installed) && Files.mismatch(installed, REQUIREMENTS) < 0) {
      return Optional.empty();
    }
    if (run("python3", "-m", "venv", "--clear", HOME.toString())
        && run(
            HOME.resolve("bin/pip").toString(),
            "install",
            "--quiet",
            "--requirement",
            REQUIREMENTS.toString())) {
      Files.copy(REQUIREMENTS, installed);
      return Optional.empty();
    }
    return Optional.of(
        "moto is not there and cannot be installed: install Python 3 with venv, and let pip reach"
            + " PyPI; see controller/target/moto.log");
  }

  /** Starts it. */
  public static Moto start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                HOME.resolve("bin/moto_server").toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(new File("target/moto.log"))
            .start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> answers(port));
    return new Moto(process, port);
  }

  /** A client of it. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("moto", "moto")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/moto.log")))
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
