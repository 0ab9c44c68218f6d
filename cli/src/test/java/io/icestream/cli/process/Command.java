/* SPDX-License-Identifier: MIT */
package io.icestream.cli.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The built {@code icestream} command, started as its launcher starts it but without a look at the
 * sources: the build that runs the tests has just made it.
 *
 * @param home the directory of its state
 * @param variables what its environment has besides that of this process
 */
public record Command(Path home, Map<String, String> variables) {

  public Command(Path home) {
    this(home, Map.of());
  }

  /** The same command with one more variable in its environment. */
  public Command with(String name, String value) {
    Map<String, String> more = new TreeMap<>(variables);
    more.put(name, value);
    return new Command(home, more);
  }

  /** Where it writes what is not for the terminal. */
  public Path log() {
    return home.resolve("logs/icestream.log");
  }

  /** Runs it to its end. */
  public Outcome run(Object... arguments) {
    return start(arguments).outcome();
  }

  /** Starts it. */
  public RunningCommand start(Object... arguments) {
    List<String> texts = Arrays.stream(arguments).map(Object::toString).toList();
    String distribution = System.getProperty("icestream.distribution");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(System.getProperty("icestream.jvm").trim().split("\\s+")));
    line.add("-Xmx2g");
    line.add("-XX:+UseParallelGC");
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-Dicestream.distribution=" + distribution);
    line.add("-Dicestream.sources=" + Workspace.root());
    line.add("-Dicestream.log=" + log());
    line.add("-Dlog4j2.configurationFile=classpath:icestream-log4j2.properties");
    line.addAll(List.of("-cp", distribution + "/lib/app/*", "io.icestream.cli.Icestream"));
    line.addAll(texts);
    ProcessBuilder builder = new ProcessBuilder(line).directory(Workspace.root().toFile());
    builder.environment().putAll(variables);
    builder.environment().put("ICESTREAM_HOME", home.toString());
    return RunningCommand.start(builder, texts);
  }
}
