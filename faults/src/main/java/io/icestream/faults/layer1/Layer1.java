/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import io.icestream.faults.oracle.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Runs combinations one after the other. */
public final class Layer1 {
  private Layer1() {}

  /**
   * What is run.
   *
   * @param seed of the records, and of the sample
   * @param only the combinations whose names contain a match; empty: all
   * @param sample how many are run at most, chosen by the seed so that they differ as much as they
   *     can; empty: all
   * @param fenceOff whether drivers commit without a look at what the tables have, so that the
   *     suite has to fail
   */
  public record Settings(long seed, Optional<Pattern> only, OptionalInt sample, boolean fenceOff) {}

  /**
   * The outcome of one combination.
   *
   * @param name the combination
   * @param violations what is wrong
   * @param took how long it took
   */
  public record Result(String name, List<Violation> violations, Duration took) {
    /** Whether nothing is wrong. */
    public boolean passed() {
      return violations.isEmpty();
    }
  }

  /** The names of the combinations that the settings choose. */
  public static List<String> names(Settings settings) {
    return chosen(settings).stream().map(Combination::name).toList();
  }

  /**
   * Runs the combinations that the settings choose.
   *
   * @param settings what is run
   * @param folder for topics' schemas, tables and checkpoints; exists and is empty
   * @param kafka properties of Kafka clients
   * @param progress is given each result as soon as it is there
   * @return all results
   */
  public static List<Result> run(
      Settings settings, Path folder, Map<String, String> kafka, Consumer<Result> progress) {
    List<Result> results = new ArrayList<>();
    try (Site site = new Site(folder, kafka)) {
      for (Combination combination : chosen(settings)) {
        Instant start = Instant.now();
        String name = "c" + (results.size() + 1);
        List<Violation> violations =
            new Scenario(site, combination, name).run(settings.seed(), settings.fenceOff());
        Result result =
            new Result(combination.name(), violations, Duration.between(start, Instant.now()));
        results.add(result);
        progress.accept(result);
      }
    }
    return results;
  }

  private static List<Combination> chosen(Settings settings) {
    List<Combination> named =
        Combination.all().stream()
            .filter(c -> settings.only().map(p -> p.matcher(c.name()).find()).orElse(true))
            .toList();
    return settings.sample().isPresent()
        ? Sample.of(named, settings.seed(), settings.sample().getAsInt())
        : named;
  }
}
