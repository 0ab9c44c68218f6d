/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SinkTurnsTest {
  private static final InheritableThreadLocal<String> QUERY = new InheritableThreadLocal<>();

  @AfterEach
  void forgetTheQuery() {
    QUERY.remove();
  }

  @Test
  void takesCommitsInTurnOnTheCallersThread() {
    // given
    List<String> order = new ArrayList<>();
    String here = Thread.currentThread().getName();

    // when
    new SinkTurns(1)
        .take(
            List.of(
                () -> order.add("a on " + Thread.currentThread().getName()),
                () -> order.add("b on " + Thread.currentThread().getName())));

    // then
    assertThat(order).containsExactly("a on " + here, "b on " + here);
  }

  @Test
  void doesNotBeginTheNextOneInTurnAfterAFailure() {
    // given
    AtomicBoolean second = new AtomicBoolean();

    // when, then
    assertThatThrownBy(
            () -> new SinkTurns(1).take(List.of(failing("first"), () -> second.set(true))))
        .hasMessage("first");
    assertThat(second).isFalse();
  }

  @Test
  void runsSeveralAtTheSameTime() {
    // given: commits that wait for each other
    CyclicBarrier together = new CyclicBarrier(2);

    // when, then
    new SinkTurns(2).take(List.of(() -> meet(together), () -> meet(together)));
    assertThat(together.isBroken()).isFalse();
  }

  @Test
  void runsNoMoreAtOnceThanItIsAllowed() {
    // given
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Runnable commit =
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.yield();
          running.decrementAndGet();
          done.incrementAndGet();
        };

    // when
    new SinkTurns(3).take(IntStream.range(0, 200).mapToObj(i -> commit).toList());

    // then
    assertThat(done).hasValue(200);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void tellsEachThreadWhatSparkHasToldTheCallers() {
    // given
    QUERY.set("q-1");
    List<String> seen = Collections.synchronizedList(new ArrayList<>());

    // when
    new SinkTurns(2).take(List.of(() -> seen.add(QUERY.get()), () -> seen.add(QUERY.get())));

    // then
    assertThat(seen).containsExactly("q-1", "q-1");
  }

  @Test
  void letsTheOthersComeToTheirEndWhenOneFails() {
    // given
    CyclicBarrier together = new CyclicBarrier(3);
    AtomicBoolean committed = new AtomicBoolean();

    // when, then
    assertThatThrownBy(
            () ->
                new SinkTurns(3)
                    .take(
                        List.of(
                            () -> {
                              meet(together);
                              committed.set(true);
                            },
                            () -> {
                              meet(together);
                              failing("second").run();
                            },
                            () -> {
                              meet(together);
                              failing("third").run();
                            })))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("second")
        .satisfies(
            e -> assertThat(e.getSuppressed()).extracting("message").containsExactly("third"));
    assertThat(committed).isTrue();
  }

  @Test
  void endsAsACrashWouldIfOneDoes() {
    // given
    Runnable crash =
        () -> {
          throw new AssertionError("dead");
        };

    // when, then
    assertThatThrownBy(() -> new SinkTurns(2).take(List.of(() -> {}, crash)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("dead");
  }

  @Test
  void endsItsCommitsWhenTheQueryIsStopped() {
    // given: a commit that stops the query, and waits
    Thread batch = Thread.currentThread();
    AtomicBoolean interrupted = new AtomicBoolean();
    Runnable commit =
        () -> {
          batch.interrupt();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
        };

    // when, then
    assertThatThrownBy(() -> new SinkTurns(2).take(List.of(commit, commit)))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(interrupted).isTrue();
    assertThat(Thread.interrupted()).as("the thread still knows").isTrue();
  }

  private static Runnable failing(String message) {
    return () -> {
      throw new IllegalStateException(message);
    };
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
