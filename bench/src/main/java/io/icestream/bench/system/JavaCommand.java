/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import io.icestream.bench.lake.StoreRequests;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The command line of a JVM. All systems get the same heap and the same collector. */
final class JavaCommand {
  private final List<String> words = new ArrayList<>();

  JavaCommand(Drain drain) {
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + drain.settings().heap());
    words.add("-XX:+UseParallelGC");
    words.add("-D" + StoreRequests.FILE + "=" + drain.requests());
    words.add("-Djava.io.tmpdir=" + drain.folder());
  }

  JavaCommand option(String option) {
    words.add(option);
    return this;
  }

  /** Adds this JVM's options that open the JDK, which Spark needs. */
  JavaCommand opens() {
    return inherit(o -> o.startsWith("--add-") || o.startsWith("-Djdk."));
  }

  /** Adds this JVM's options of a kind. */
  JavaCommand inherit(Predicate<String> kind) {
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(kind)
        .forEach(words::add);
    return this;
  }

  /** The whole line, for a main class on the class path of this JVM. */
  List<String> main(String mainClass, List<String> arguments) {
    return main(System.getProperty("java.class.path"), mainClass, arguments);
  }

  /** The whole line. */
  List<String> main(String classPath, String mainClass, List<String> arguments) {
    words.addAll(List.of("-cp", classPath, mainClass));
    words.addAll(arguments);
    return List.copyOf(words);
  }
}
