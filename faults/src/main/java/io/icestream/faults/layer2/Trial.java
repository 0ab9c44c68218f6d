/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import io.icestream.faults.lake.LakeReader;
import io.icestream.faults.layer2.StoreProxy.Behaviour;
import io.icestream.faults.oracle.Mark;
import io.icestream.faults.oracle.Oracle;
import io.icestream.faults.oracle.ProducedLog;
import io.icestream.faults.oracle.Violation;
import io.icestream.faults.oracle.Violation.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/** One schedule, from an empty topic to the verdict. */
final class Trial implements AutoCloseable {
  /** How long a fault lasts that is not over by itself. */
  private static final Duration FAULT = Duration.ofSeconds(6);

  /** How long it lasts at most until it has done some harm. */
  private static final Duration LONGEST_FAULT = Duration.ofMinutes(1);

  private static final long LOOK_EVERY_MILLIS = 250;

  private final Site site;
  private final Schedule schedule;
  private final Duration patience;
  private final TrialPipeline pipeline;
  private final LakeReader reader;
  private final Supervisor supervisor;
  private final List<Duration> restarts = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();

  /**
   * @param site where it takes place
   * @param schedule what happens
   * @param folder for its files; exists
   * @param settings how it is run
   */
  Trial(Site site, Schedule schedule, Path folder, Layer2.Settings settings) {
    this.site = site;
    this.schedule = schedule;
    this.patience = settings.patience();
    this.pipeline = new TrialPipeline("t" + schedule.seed());
    this.reader = new LakeReader(site.catalog(), pipeline.name());
    this.supervisor =
        new Supervisor(
            new Driver.Command(
                    pipeline.write(folder), site.driverEnvironment(), settings.fenceOff())
                .words(),
            folder,
            patience);
  }

  /**
   * What came of a trial.
   *
   * @param violations what is wrong; empty if nothing is
   * @param restarts how long it took from each kill of a driver to the next commit
   * @param supervised how often a driver ended by itself and was started again
   */
  record Outcome(List<Violation> violations, List<Duration> restarts, int supervised) {}

  /** Runs it. */
  Outcome run() throws InterruptedException {
    site.broker().create(pipeline.name(), Traffic.PARTITIONS, Traffic.LARGEST);
    try (Traffic traffic =
        Traffic.start(pipeline.name(), site.broker().client(), schedule.seed())) {
      return run(traffic);
    }
  }

  private Outcome run(Traffic traffic) throws InterruptedException {
    startAnother();
    for (Schedule.Event event : schedule.events()) {
      Thread.sleep(event.calm().toMillis());
      supervisor.look();
      disturb(event.what(), traffic);
    }
    ProducedLog log = traffic.end();
    drain(log.end());
    violations.addAll(supervisor.violations());
    supervisor.close();
    violations.addAll(Oracle.check(log, pipeline.states(reader)));
    return new Outcome(List.copyOf(violations), List.copyOf(restarts), supervisor.restarts());
  }

  @Override
  public void close() {
    supervisor.close();
  }

  private void disturb(Disturbance what, Traffic traffic) throws InterruptedException {
    switch (what) {
      case DRIVER_KILLED -> killDriver();
      case DRIVER_STOPPED -> {
        supervisor.stop();
        startAnother();
      }
      case DRIVER_DOUBLED -> {
        Driver paused = supervisor.current();
        paused.send(Signal.STOP);
        startAnother();
        paused.send(Signal.CONT);
        supervisor.awaitFenced(paused);
      }
      case DRIVER_RIVALLED -> {
        Driver first = supervisor.current();
        var unused = supervisor.start();
        supervisor.awaitFenced(first);
      }
      case BROKER_KILLED -> {
        site.broker().send(Signal.KILL);
        Thread.sleep(FAULT.dividedBy(2).toMillis());
        site.broker().revive();
      }
      case BROKER_PAUSED -> {
        site.broker().send(Signal.STOP);
        Thread.sleep(FAULT.toMillis());
        site.broker().send(Signal.CONT);
      }
      case STORE_BUSY -> harmStore(Behaviour.BUSY);
      case STORE_FORGETFUL -> harmStore(Behaviour.FORGETFUL);
      case STORE_CUT -> harmStore(Behaviour.CUT);
      case STORE_SILENT -> harmStore(Behaviour.SILENT);
      case STORE_SLOW -> harmStore(Behaviour.SLOW);
      case CATALOG_LOCKED -> {
        CatalogLock lock = site.lockCatalog();
        try (lock) {
          Thread.sleep(FAULT.toMillis());
        }
      }
      case DISK_FULL -> fillDisk();
      case RECORD_OVERSIZED -> traffic.sendOversized();
    }
  }

  private void killDriver() throws InterruptedException {
    supervisor.kill();
    Instant killed = Instant.now();
    startAnother();
    restarts.add(Duration.between(killed, Instant.now()));
  }

  /** Starts a driver, and waits for its first commit. */
  private void startAnother() throws InterruptedException {
    List<Optional<Mark>> before = pipeline.marks(reader);
    Driver driver = supervisor.start();
    if (!awaitCommit(before)) {
      violations.add(stuck(driver.name() + " has not committed in " + patience.toSeconds() + " s"));
    }
  }

  private void harmStore(Behaviour behaviour) throws InterruptedException {
    long harmed = site.proxy().harmed();
    site.proxy().behave(behaviour, schedule.seed());
    try {
      Thread.sleep(FAULT.toMillis());
      if (!await(() -> site.proxy().harmed() > harmed, LONGEST_FAULT)) {
        violations.add(
            new Violation(Rule.NOT_REACHED, "", "no request came to the store to be harmed"));
      }
    } finally {
      site.proxy().behave();
    }
  }

  /** No file of the driver may grow: what it writes fails, as on a disk that is full. */
  private void fillDisk() throws InterruptedException {
    String pid = Long.toString(supervisor.current().pid());
    SystemCommand.run("prlimit", "--pid", pid, "--fsize=0:unlimited");
    Thread.sleep(FAULT.toMillis());
    supervisor.look();
    if (pid.equals(Long.toString(supervisor.current().pid()))) {
      SystemCommand.run("prlimit", "--pid", pid, "--fsize=unlimited:unlimited");
    }
  }

  private void drain(SortedMap<Integer, Long> end) throws InterruptedException {
    if (await(() -> pipeline.isAt(end, reader), patience)) {
      supervisor.stop();
    } else {
      supervisor.dump();
      violations.add(
          stuck(
              "Kafka ends at "
                  + end
                  + ", the sinks after "
                  + patience.toSeconds()
                  + " s at "
                  + pipeline.marks(reader).stream()
                      .map(mark -> mark.map(m -> m.to().toString()).orElse("nothing"))
                      .toList()));
    }
  }

  private boolean awaitCommit(List<Optional<Mark>> before) throws InterruptedException {
    return await(() -> !pipeline.marks(reader).equals(before), patience);
  }

  private boolean await(BooleanSupplier done, Duration most) throws InterruptedException {
    Instant until = Instant.now().plus(most);
    while (!done.getAsBoolean()) {
      supervisor.look();
      if (supervisor.hasGivenUp() || Instant.now().isAfter(until)) {
        return false;
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    return true;
  }

  private static Violation stuck(String detail) {
    return new Violation(Rule.STUCK, "", detail);
  }
}
