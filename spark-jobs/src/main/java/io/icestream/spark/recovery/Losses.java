/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.Gap;
import io.icestream.spark.commit.Gap.Reason;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.source.TopicBounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Kafka no longer has of what the tables need next.
 *
 * @param gaps what is gone
 * @param moves how the tables get over it
 */
record Losses(List<Gap> gaps, List<Move> moves) {
  Losses {
    gaps = List.copyOf(gaps);
    moves = List.copyOf(moves);
  }

  /**
   * Compares the tables with Kafka. Offsets that are missing between those that Kafka has, as in
   * compacted topics and behind transactions, are no loss.
   *
   * @param situation what is there
   * @param at where the tables are
   */
  static Losses of(Situation situation, Map<String, TopicOffsets> at) {
    TopicBounds topic = situation.topic();
    Map<Key, Gap> gaps = new TreeMap<>();
    for (SinkEnd sink : situation.sinks()) {
      TopicOffsets place = at.get(sink.table());
      if (place != null) {
        gaps(place, topic, sink.table()).forEach(gap -> gaps.merge(Key.of(gap), gap, Losses::both));
      }
    }
    return new Losses(List.copyOf(gaps.values()), moves(situation, at));
  }

  /** Where a table goes on that was at a place. */
  static TopicOffsets target(TopicOffsets place, TopicBounds topic) {
    boolean same = place.topicId().equals(topic.id());
    SortedMap<Integer, Long> next = new TreeMap<>();
    topic
        .latest()
        .forEach(
            (partition, latest) -> {
              long earliest = topic.earliest().getOrDefault(partition, 0L);
              long here = same ? place.partitions().getOrDefault(partition, 0L) : earliest;
              next.put(partition, Math.min(Math.max(here, earliest), latest));
            });
    return new TopicOffsets(topic.id(), next);
  }

  private static List<Gap> gaps(TopicOffsets place, TopicBounds topic, String table) {
    List<Gap> gaps = new ArrayList<>();
    SortedSet<Integer> partitions = new TreeSet<>(topic.latest().keySet());
    partitions.addAll(place.partitions().keySet());
    for (int partition : partitions) {
      long here = place.partitions().getOrDefault(partition, 0L);
      long earliest = topic.earliest().getOrDefault(partition, 0L);
      long latest = topic.latest().getOrDefault(partition, 0L);
      if (!place.topicId().equals(topic.id())) {
        gaps.add(gap(place, partition, here, OptionalLong.empty(), Reason.RECREATED, table));
      } else if (latest < here) {
        gaps.add(gap(place, partition, latest, OptionalLong.empty(), Reason.TRUNCATED, table));
      } else if (earliest > here) {
        gaps.add(gap(place, partition, here, OptionalLong.of(earliest), Reason.DELETED, table));
      }
    }
    return gaps;
  }

  private static Gap gap(
      TopicOffsets place, int partition, long from, OptionalLong to, Reason reason, String table) {
    return new Gap(place.topicId(), partition, from, to, reason, List.of(table));
  }

  /** One gap for two sinks of which one is further on: the ends are Kafka's, so they are equal. */
  private static Gap both(Gap one, Gap other) {
    List<String> tables = new ArrayList<>(one.tables());
    tables.addAll(other.tables());
    return new Gap(
        one.topicId(),
        one.partition(),
        Math.min(one.from(), other.from()),
        one.to(),
        one.reason(),
        tables);
  }

  /** The sparse tables first: the gap can be seen as long as a sink has not moved. */
  private static List<Move> moves(Situation situation, Map<String, TopicOffsets> at) {
    Map<String, TopicOffsets> places = new LinkedHashMap<>();
    situation.sparse().stream()
        .filter(table -> at.containsKey(table.table()))
        .forEach(
            table -> places.put(table.table(), withSinks(at.get(table.table()), situation, at)));
    at.forEach(places::putIfAbsent);
    List<Move> moves = new ArrayList<>();
    places.forEach(
        (table, place) -> {
          TopicOffsets target = target(place, situation.topic());
          if (!target.equals(place)) {
            moves.add(new Move(table, place, target, lost(place, target)));
          }
        });
    return moves;
  }

  /** A sparse table has all batches that the sinks have, also those that left no marker. */
  private static TopicOffsets withSinks(
      TopicOffsets sparse, Situation situation, Map<String, TopicOffsets> at) {
    Optional<TopicOffsets> slowest =
        situation.sinks().stream()
            .map(sink -> at.get(sink.table()))
            .filter(place -> place != null && place.topicId().equals(sparse.topicId()))
            .reduce((one, other) -> one.isAtOrBefore(other) ? one : other);
    SortedMap<Integer, Long> further = new TreeMap<>(sparse.partitions());
    slowest.ifPresent(
        place -> place.partitions().forEach((p, offset) -> further.merge(p, offset, Math::max)));
    return new TopicOffsets(sparse.topicId(), further);
  }

  private static long lost(TopicOffsets from, TopicOffsets to) {
    if (!from.topicId().equals(to.topicId())) {
      return 0;
    }
    return to.partitions().entrySet().stream()
        .mapToLong(e -> e.getValue() - from.partitions().getOrDefault(e.getKey(), 0L))
        .filter(count -> count > 0)
        .sum();
  }

  private record Key(String topicId, int partition, Reason reason) implements Comparable<Key> {
    static Key of(Gap gap) {
      return new Key(gap.topicId(), gap.partition(), gap.reason());
    }

    @Override
    public int compareTo(Key other) {
      int byTopic = topicId.compareTo(other.topicId);
      int byPartition = byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
      return byPartition != 0 ? byPartition : reason.compareTo(other.reason);
    }
  }
}
