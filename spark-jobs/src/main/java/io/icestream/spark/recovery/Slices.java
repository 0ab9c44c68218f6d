/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.commit.TopicOffsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Cuts what some tables lack into batches. The cuts are where tables have ended, so that each batch
 * is one that a table has as a whole or not at all; and where the newest batch of a table began,
 * since its lookups and event times are kept with it.
 */
final class Slices {
  private static final Comparator<TopicOffsets> BY_LENGTH =
      Comparator.comparingLong(
          place -> place.partitions().values().stream().mapToLong(Long::longValue).sum());

  private final Situation situation;
  private final Map<String, TopicOffsets> at;
  private final long maxOffsets;
  private final Map<String, SinkEnd> ends = new LinkedHashMap<>();

  /**
   * @param situation what is there
   * @param at where the tables are, all in the same topic
   * @param maxOffsets the most that one batch reads, if it is not one that has been run already
   */
  Slices(Situation situation, Map<String, TopicOffsets> at, long maxOffsets) {
    this.situation = situation;
    this.at = at;
    this.maxOffsets = maxOffsets;
    situation.tables().forEach(table -> ends.put(table.table(), table));
  }

  /**
   * The places to which tables have come, the first one first; empty if of two neither comes before
   * the other, which no pipeline can have left behind.
   */
  Optional<List<TopicOffsets>> line() {
    List<TopicOffsets> places = new ArrayList<>();
    situation.sinks().stream()
        .map(sink -> at.get(sink.table()))
        .filter(place -> place != null)
        .distinct()
        .sorted(BY_LENGTH)
        .forEach(places::add);
    if (!places.isEmpty()) {
      TopicOffsets first = places.get(0);
      situation.sparse().stream()
          .map(table -> at.get(table.table()))
          .filter(place -> place != null && !place.isAtOrBefore(first))
          .filter(place -> !places.contains(place))
          .distinct()
          .toList()
          .forEach(places::add);
    }
    places.sort(BY_LENGTH);
    for (int i = 1; i < places.size(); i++) {
      if (!places.get(i - 1).isAtOrBefore(places.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(places);
  }

  /**
   * The batches that bring all sinks to the end of a line.
   *
   * @param line as {@link #line} gives it
   */
  List<Slice> along(List<TopicOffsets> line) {
    List<Slice> slices = new ArrayList<>();
    List<TopicOffsets> cuts = cuts(line);
    for (int i = 1; i < cuts.size(); i++) {
      List<TopicOffsets> pieces = pieces(cuts.get(i - 1), cuts.get(i));
      for (int j = 1; j < pieces.size(); j++) {
        slices.add(slice(pieces.get(j - 1), pieces.get(j)));
      }
    }
    return slices;
  }

  private List<TopicOffsets> cuts(List<TopicOffsets> line) {
    List<TopicOffsets> cuts = new ArrayList<>(line);
    for (SinkEnd end : ends.values()) {
      Optional<TopicOffsets> began =
          end.marker().filter(m -> m.to().equals(at.get(end.table()))).map(Marker::from);
      if (began.isPresent()
          && !cuts.contains(began.get())
          && line.get(0).isAtOrBefore(began.get())
          && cuts.stream().allMatch(cut -> isInLine(cut, began.get()))) {
        cuts.add(began.get());
      }
    }
    cuts.sort(BY_LENGTH);
    return cuts;
  }

  private static boolean isInLine(TopicOffsets one, TopicOffsets other) {
    return one.topicId().equals(other.topicId())
        && (one.isAtOrBefore(other) || other.isAtOrBefore(one));
  }

  /** A batch that a table has is run as a whole; what comes before it need not be. */
  private List<TopicOffsets> pieces(TopicOffsets from, TopicOffsets to) {
    boolean isOne =
        ends.values().stream()
            .flatMap(end -> end.marker().stream())
            .anyMatch(marker -> marker.to().equals(to) && marker.from().isAtOrBefore(from));
    long count = isOne ? 1 : (to.since(from) + maxOffsets - 1) / maxOffsets;
    List<TopicOffsets> pieces = new ArrayList<>(List.of(from));
    for (long i = 1; i < count; i++) {
      SortedMap<Integer, Long> next = new TreeMap<>();
      for (int partition : to.partitions().keySet()) {
        long start = from.partitions().getOrDefault(partition, 0L);
        long length = to.partitions().get(partition) - start;
        next.put(partition, start + length * i / count);
      }
      pieces.add(new TopicOffsets(to.topicId(), next));
    }
    pieces.add(to);
    return pieces;
  }

  private Slice slice(TopicOffsets from, TopicOffsets to) {
    Set<String> tables = new TreeSet<>();
    List<String> due = new ArrayList<>();
    boolean first = false;
    for (SinkEnd end : ends.values()) {
      TopicOffsets place = at.get(end.table());
      boolean behind = place == null || place.isAtOrBefore(from);
      if (behind || place.equals(to)) {
        tables.add(end.table());
      }
      if (behind && end.chain() == Chain.GAPLESS) {
        due.add(end.table());
        first |= end.marker().isEmpty() && from.equals(place);
      }
    }
    SinkEnd ahead = nextAhead(to);
    long batch = ahead.marker().map(Marker::batch).orElse(0L);
    return new Slice(new BatchRange(batch, from, to, ahead.committedAt(), first), tables, due);
  }

  /** The table whose newest batch is this one, or comes next behind it. */
  private SinkEnd nextAhead(TopicOffsets to) {
    Map<String, TopicOffsets> ahead =
        at.entrySet().stream()
            .filter(entry -> to.isAtOrBefore(entry.getValue()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return ahead.entrySet().stream()
        .min(Map.Entry.comparingByValue(BY_LENGTH))
        .map(entry -> ends.get(entry.getKey()))
        .orElseThrow();
  }
}
