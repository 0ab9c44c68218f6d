/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.metric.Metric;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.source.PartitionLag;
import io.icestream.spark.source.TopicProbe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far a pipeline is in its topic: shown to Kafka's tools, and measured in records and in time.
 * What the batches tell may come from any thread, the looks are of one.
 */
final class Progress {
  private final Meters meters;
  private final TopicProbe probe;
  private final DrainEstimate estimate = new DrainEstimate();
  private final Map<String, Uncounted> uncounted = new ConcurrentHashMap<>();
  private volatile Optional<SortedMap<Integer, Long>> next = Optional.empty();
  private Map<Integer, Long> mirrored = Map.of();
  private SortedMap<Integer, PartitionLag> lags = new TreeMap<>();
  private long arrived = -1;

  /** A commit whose oldest record has not been looked at: the offsets it began with, and when. */
  private record Uncounted(Map<Integer, Long> from, Instant committed) {}

  Progress(Meters meters, TopicProbe probe) {
    this.meters = meters;
    this.probe = probe;
    meters.add(Metric.RECORDS_ARRIVED, 0);
  }

  /** The pipeline has got to here. */
  synchronized void reached(SortedMap<Integer, Long> offsets) {
    next = Optional.of(offsets);
  }

  /** The pipeline begins here, unless it has got further meanwhile. */
  synchronized void startAt(SortedMap<Integer, Long> offsets) {
    if (next.isEmpty()) {
      next = Optional.of(offsets);
    }
  }

  /** A commit has been made; only the newest of each table is looked at. */
  void committed(String table, Marker marker, Instant now) {
    SortedMap<Integer, Long> from = new TreeMap<>();
    marker
        .to()
        .partitions()
        .forEach(
            (partition, end) -> {
              long start = marker.from().partitions().getOrDefault(partition, 0L);
              if (start < end) {
                from.put(partition, start);
              }
            });
    if (!from.isEmpty()) {
      uncounted.put(table, new Uncounted(from, now));
    }
  }

  /** Tells Kafka's tools, unless they know. */
  void mirror() {
    SortedMap<Integer, Long> now = next.orElse(new TreeMap<>());
    if (!now.equals(mirrored)) {
      probe.mirror(now);
      mirrored = now;
    }
  }

  /** Looks at the topic. Where that fails, what was known goes on aging. */
  void look(Instant now) {
    if (next.isEmpty()) {
      return;
    }
    try {
      lags = probe.look(next.get());
      delays();
    } finally {
      show(now);
    }
  }

  private void delays() {
    for (String table : List.copyOf(uncounted.keySet())) {
      Uncounted commit = uncounted.remove(table);
      probe.times(commit.from()).values().stream()
          .min(Instant::compareTo)
          .ifPresent(
              oldest ->
                  meters.set(
                      Metric.COMMIT_DELAY, Backlog.seconds(oldest, commit.committed()), table));
    }
  }

  private void show(Instant now) {
    Backlog backlog = Backlog.of(lags.values(), now);
    meters.set(Metric.LAG_RECORDS, backlog.records());
    meters.set(Metric.LAG_SECONDS, backlog.ageSeconds());
    meters.set(Metric.RETENTION_HEADROOM, backlog.headroomSeconds());
    meters.set(Metric.DRAIN_SECONDS, estimate.after(now, backlog.records()));
    long latest = lags.values().stream().mapToLong(PartitionLag::latest).sum();
    if (arrived >= 0) {
      meters.add(Metric.RECORDS_ARRIVED, Math.max(0, latest - arrived));
    }
    arrived = latest;
  }
}
