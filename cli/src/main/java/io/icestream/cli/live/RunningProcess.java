/* SPDX-License-Identifier: MIT */
package io.icestream.cli.live;

import io.icestream.model.metric.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process that has said where its metrics are.
 *
 * @param name the pipeline, or what else it is
 * @param address where it answers, as {@code host:port}
 * @param answer what it told; empty if it did not answer, as one does not that was killed
 */
public record RunningProcess(String name, String address, Optional<List<Series>> answer) {
  private static final Pattern ADDRESS = Pattern.compile("\"([^\"]+:\\d+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /** Whether it answers. */
  public boolean isAlive() {
    return answer.isPresent();
  }

  /** The sum of a metric's values; 0 if there are none. */
  public double sum(Metric metric) {
    return answer.orElse(List.of()).stream()
        .filter(series -> series.isOf(metric))
        .mapToDouble(Series::value)
        .sum();
  }

  /**
   * Asks all processes that have left a file in a folder.
   *
   * @param targets the folder; may be absent
   */
  public static List<RunningProcess> all(Path targets) {
    List<RunningProcess> all = new ArrayList<>();
    if (!Files.isDirectory(targets)) {
      return all;
    }
    try (Stream<Path> files = Files.list(targets)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        of(file).ifPresent(all::add);
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<RunningProcess> of(Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.json$", "");
    try {
      Matcher address = ADDRESS.matcher(Files.readString(file));
      return address.find()
          ? Optional.of(new RunningProcess(name, address.group(1), ask(address.group(1))))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty(); // it has just ended
    }
  }

  private static Optional<List<Series>> ask(String address) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
            .timeout(PATIENCE)
            .build();
    try {
      return Optional.of(Series.parse(CLIENT.send(request, BodyHandlers.ofString()).body()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
