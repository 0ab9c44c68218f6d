/* SPDX-License-Identifier: MIT */
package io.icestream.faults.oracle;

import java.util.Objects;

/**
 * Something that must not be.
 *
 * @param rule what is broken
 * @param table the table; empty if it is none's
 * @param detail what was found, with partitions, offsets and snapshots
 */
public record Violation(Rule rule, String table, String detail) {
  public Violation {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(detail, "detail");
  }

  /** What has to be true of a lake after faults. */
  public enum Rule {
    /** An acknowledged record, or the row of a key, is not in the newest state. */
    LOST,
    /** A row is there more often than it should be. */
    DOUBLED,
    /** A row is there that no record accounts for. */
    UNPRODUCED,
    /** A row has another value than its record or its model. */
    CHANGED,
    /** An earlier snapshot does not hold exactly the records up to its mark. */
    PREFIX,
    /** A batch does not begin where the one before it ended. */
    CHAIN,
    /** The last batch does not end where Kafka ends. */
    END,
    /** A ledger does not add up, or counts other records than the batch has. */
    LEDGER,
    /** A file that is needed is missing or does not open. */
    FILE,
    /** A file is left over. */
    ORPHAN,
    /** The pipeline did not get on without a step by hand. */
    STUCK,
    /** A driver ended with another exit code than it should. */
    EXIT,
    /** The fault did not happen, so that nothing was tested. */
    NOT_REACHED
  }

  @Override
  public String toString() {
    return rule + (table.isEmpty() ? "" : " " + table) + ": " + detail;
  }
}
