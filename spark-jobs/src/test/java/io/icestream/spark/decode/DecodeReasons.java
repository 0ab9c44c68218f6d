/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of reasons that the decoders' source has. */
final class DecodeReasons {
  private static final Pattern REASON =
      Pattern.compile(
          "(?:Rejection|super|Utf8\\.\\w+)\\(\\s*(?:\\w+, )?\"([a-z]+(?:_[a-z]+)*)\",?");
  private static final Set<String> IN_CODE = read();

  private DecodeReasons() {}

  static Set<String> inCode() {
    return IN_CODE;
  }

  private static Set<String> read() {
    Set<String> reasons = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/icestream/spark/decode"))) {
      List<Path> sources = files.filter(f -> f.toString().endsWith(".java")).toList();
      for (Path source : sources) {
        Matcher matcher = REASON.matcher(Files.readString(source));
        while (matcher.find()) {
          reasons.add(matcher.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reasons;
  }
}
