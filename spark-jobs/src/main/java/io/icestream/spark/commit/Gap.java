/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Offsets of a partition that a pipeline should have read next and that Kafka no longer has.
 *
 * @param topicId the Kafka id of the topic that they were in
 * @param partition the partition
 * @param from the first
 * @param to the end, not included; empty if nobody can know it
 * @param reason why they are gone
 * @param tables the tables that do not have them
 */
public record Gap(
    String topicId, int partition, long from, OptionalLong to, Reason reason, List<String> tables) {
  public Gap {
    Objects.requireNonNull(topicId, "topicId");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(reason, "reason");
    tables = List.copyOf(tables);
  }

  /** Why offsets are gone. */
  public enum Reason {
    /** Kafka has deleted them: by retention, or because somebody asked it to. */
    DELETED("Kafka has deleted them (retention, or a request to delete records)"),
    /** The partition ends before offsets that are in the tables already. */
    TRUNCATED(
        "the partition has been truncated: it ends before offsets that the tables have already"),
    /** The topic was deleted and created again, or is another one. */
    RECREATED("the topic has been deleted and created again");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** The reason as part of a sentence. */
    public String text() {
      return text;
    }
  }

  /** How many there are; empty if nobody can know. */
  public OptionalLong count() {
    return to.isPresent() ? OptionalLong.of(to.getAsLong() - from) : OptionalLong.empty();
  }

  /** The gap as people read it. */
  public String describe() {
    String range =
        to.isPresent()
            ? "[" + from + "," + to.getAsLong() + "), " + (to.getAsLong() - from) + " offsets"
            : "from " + from + " on, nobody knows how many offsets";
    return "partition " + partition + " " + range + ": " + reason.text;
  }
}
