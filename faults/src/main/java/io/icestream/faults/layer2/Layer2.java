/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import io.icestream.faults.oracle.Violation;
import io.icestream.faults.oracle.Violation.Rule;
import io.icestream.localstack.EmbeddedStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs schedules, some at once, each lane on servers of its own. */
public final class Layer2 {
  private static final Logger LOG = LoggerFactory.getLogger(Layer2.class);

  private static final String LANE = "lane-";

  private final Settings settings;
  private final Path folder;
  private final Path distribution;
  private final Consumer<Result> progress;
  private final Queue<Long> seeds;
  private final List<Result> results = Collections.synchronizedList(new ArrayList<>());

  private Layer2(Settings settings, Path folder, Path distribution, Consumer<Result> progress) {
    this.settings = settings;
    this.folder = folder.toAbsolutePath();
    this.distribution = distribution;
    this.progress = progress;
    this.seeds = new ConcurrentLinkedQueue<>(settings.seeds());
  }

  /**
   * What is run.
   *
   * @param seeds of the schedules
   * @param atOnce how many trials run at once
   * @param patience how long a driver may take to get on before it is stuck
   * @param fenceOff whether drivers commit without a look at what the tables have, so that the
   *     suite has to fail
   */
  public record Settings(List<Long> seeds, int atOnce, Duration patience, boolean fenceOff) {
    public Settings {
      seeds = List.copyOf(seeds);
    }
  }

  /**
   * The outcome of one schedule.
   *
   * @param seed the schedule
   * @param schedule the schedule for people
   * @param disturbances the kinds of what happened
   * @param violations what is wrong
   * @param restarts how long it took from each kill of a driver to the next commit
   * @param supervised how often a driver ended because a fault lasted too long, and was started
   *     again
   * @param took how long it took
   * @param logs what the drivers printed; deleted if nothing is wrong
   */
  public record Result(
      long seed,
      String schedule,
      List<String> disturbances,
      List<Violation> violations,
      List<Duration> restarts,
      int supervised,
      Duration took,
      Path logs) {
    /** Whether nothing is wrong. */
    public boolean passed() {
      return violations.isEmpty();
    }
  }

  /** What happens with a seed, for people. */
  public static String describe(long seed) {
    return Schedule.of(seed).describe();
  }

  /**
   * Ends the servers that an earlier run has left behind, if it was killed, and deletes everything
   * that it has written.
   *
   * @param folder an earlier run's; need not exist, and does afterwards
   */
  public static void clean(Path folder) {
    create(folder);
    try (DirectoryStream<Path> sites = Files.newDirectoryStream(folder, LANE + "*")) {
      sites.forEach(site -> EmbeddedStack.stop(site, line -> {}));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be listed", e);
    }
    if (!FileUtil.fullyDeleteContents(folder.toFile())) {
      throw new IllegalStateException("The folder " + folder + " cannot be emptied");
    }
  }

  /**
   * Runs all schedules.
   *
   * @param settings what is run
   * @param folder for everything that is written; exists and is empty
   * @param distribution the directory with the servers' libraries
   * @param progress is given each result as soon as it is there, one at a time
   * @return all results
   */
  public static List<Result> run(
      Settings settings, Path folder, Path distribution, Consumer<Result> progress) {
    return new Layer2(settings, folder, distribution, progress).run();
  }

  private List<Result> run() {
    int count = Math.min(settings.atOnce(), settings.seeds().size());
    ExecutorService lanes = Executors.newFixedThreadPool(count);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        String lane = LANE + i;
        running.add(lanes.submit(() -> runLane(lane)));
      }
      for (Future<?> lane : running) {
        Object unused = lane.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A lane of the fault suite has broken down", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The fault suite was interrupted", e);
    } finally {
      lanes.shutdownNow();
    }
    return List.copyOf(results);
  }

  /** A trial that could not be carried out takes its servers with it. */
  private void runLane(String lane) {
    int sites = 0;
    while (!seeds.isEmpty()) {
      sites++;
      try (Site site = Site.open(folder.resolve(lane + "-" + sites), distribution)) {
        boolean usable = true;
        for (Long seed = seeds.poll(); seed != null; seed = usable ? seeds.poll() : null) {
          Result result = run(site, Schedule.of(seed));
          usable = result.violations().stream().noneMatch(v -> v.rule() == Rule.NOT_REACHED);
          report(result);
        }
      }
    }
  }

  private Result run(Site site, Schedule schedule) {
    Path logs = folder.resolve("seed-" + schedule.seed());
    Instant start = Instant.now();
    Trial.Outcome outcome = outcome(site, schedule, logs);
    if (outcome.violations().isEmpty() && !FileUtil.fullyDelete(logs.toFile())) {
      LOG.warn("The logs of a trial cannot be deleted: {}", logs);
    }
    return new Result(
        schedule.seed(),
        schedule.describe(),
        schedule.events().stream().map(event -> event.what().label()).toList(),
        outcome.violations(),
        outcome.restarts(),
        outcome.supervised(),
        Duration.between(start, Instant.now()),
        logs);
  }

  private Trial.Outcome outcome(Site site, Schedule schedule, Path logs) {
    create(logs);
    try (Trial trial = new Trial(site, schedule, logs, settings)) {
      return trial.run();
    } catch (RuntimeException e) {
      LOG.error("{} could not be carried out", schedule.describe(), e);
      return new Trial.Outcome(List.of(notCarriedOut(e)), List.of(), 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in " + schedule.describe(), e);
    }
  }

  private synchronized void report(Result result) {
    results.add(result);
    progress.accept(result);
  }

  private static Violation notCarriedOut(RuntimeException e) {
    return new Violation(Rule.NOT_REACHED, "", "the trial could not be carried out: " + e);
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be created", e);
    }
  }
}
