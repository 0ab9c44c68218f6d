/* SPDX-License-Identifier: MIT */
package io.icestream.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes that a JVM has loaded, and from where.
 *
 * @param lines what it logged with {@code -Xlog:class+load}
 */
record LoadedClasses(List<String> lines) {
  private static final Pattern LOADED =
      Pattern.compile("(?<name>[\\w.$]+) source: (?:jar:)?file:(?<jar>[^!]*?)!?/?");

  static LoadedClasses read(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return new LoadedClasses(lines.filter(line -> line.contains(" source: ")).toList());
    }
  }

  /** The file names of the jars that classes of a package, or of one below it, came from. */
  SortedSet<String> jarsOf(String prefix) {
    SortedSet<String> jars = new TreeSet<>();
    for (String line : lines) {
      Matcher matcher = LOADED.matcher(line);
      if (line.startsWith(prefix) && matcher.matches()) {
        jars.add(Path.of(matcher.group("jar")).getFileName().toString());
      }
    }
    return jars;
  }
}
