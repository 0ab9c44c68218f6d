/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import java.util.List;

/**
 * A Markdown file with one section per workload, between marks that nobody sees. What stands
 * outside of the marks is kept.
 *
 * @param text the whole file
 */
record BenchmarksPage(String text) {
  /** A page without sections. */
  static final String EMPTY =
      """
      # Benchmarks

      What it costs to bring records from Kafka to Iceberg. The sections between the marks are written by

      ```sh
      ./icestream bench --report docs/benchmarks.md                          # Icestream, Spark and the limits
      ./icestream bench --systems all --rounds 5 --report docs/benchmarks.md # and Flink and Kafka Connect
      ./icestream bench --rows 1000000 --systems icestream --profile         # a recording of Icestream
      ```

      and replaced by the next call with the same workload and partitions; nothing here is typed by hand. It needs Linux
      and works on a broker of its own under `.icestream/bench`, where the topics stay for the next call.
      The class paths of Flink and Kafka Connect are downloaded there when they are first asked for.

      Each system drains the same topic of four partitions in a fresh JVM with the same heap and collector,
      on the same broker, into a table of the same catalog (JDBC over SQLite) on local disk, through
      the same file client, which counts what an object store would have been asked. Those that can be told
      commit after the same number of rows, the others at an interval (`--commit-every`). After each run the
      table is read row by row: it has to hold exactly the rows of the topic, or the benchmark fails.

      - CPU-seconds are those of the whole process, user and system; the broker's are counted apart. They
        bear a noisy machine better than time on the clock, but not any noise: look at the spread.
      - *marginal* is the difference of the largest and the smallest topic, per million rows; *fixed* is
        what is left of the smallest: start, class loading, compilation.
      - *× reference* is how many times the CPU per row of the first system a system takes, round by round.
      - A figure is the median of the rounds, with the least and the most in brackets.
      - Requests per commit are those of further commits, not of the start.
      """;

  /** The same with one section replaced, or added at the end. */
  BenchmarksPage with(String name, List<String> lines) {
    String begin = "<!-- begin " + name + " -->";
    String end = "<!-- end " + name + " -->";
    String section = begin + "\n" + String.join("\n", lines) + "\n" + end;
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      return new BenchmarksPage(text.stripTrailing() + "\n\n" + section + "\n");
    }
    return new BenchmarksPage(
        text.substring(0, from) + section + text.substring(to + end.length()));
  }
}
