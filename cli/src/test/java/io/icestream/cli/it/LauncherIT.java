/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The launcher script in a tree that looks as if it had just been built: so nothing here builds.
 */
class LauncherIT {

  private static final List<String> SOURCES =
      List.of("model", "spark-jobs", "producers", "localstack", "faults", "bench", "cli");

  private Path tree;

  @BeforeEach
  void layOutATreeThatIsBuilt() throws IOException {
    tree = Workspace.emptyFolder("launcher");
    Files.copy(Workspace.root().resolve("icestream"), tree.resolve("icestream"));
    FileTime before = FileTime.from(Instant.now().minusSeconds(60));
    Files.setLastModifiedTime(Files.createFile(tree.resolve("pom.xml")), before);
    for (String source : SOURCES) {
      Files.createDirectories(tree.resolve(source).resolve("src"));
      Files.setLastModifiedTime(tree.resolve(source).resolve("src"), before);
    }
    Files.createDirectories(tree.resolve("cli/target"));
    Files.createSymbolicLink(
        tree.resolve("cli/target/icestream"),
        Path.of(System.getProperty("icestream.distribution")));
    Files.createFile(tree.resolve("cli/target/icestream.stamp"));
  }

  @Test
  void startsWithoutMavenWhatIsBuilt() throws IOException {
    // given
    Path link = Files.createSymbolicLink(tree.resolve("link"), tree.resolve("icestream"));

    // when
    Outcome outcome = launch(link, System.getProperty("java.home"), "--version");

    // then
    assertThat(outcome.succeeded().out()).startsWith("icestream ");
    assertThat(outcome.err()).isEmpty();
    assertThat(tree.resolve(".icestream/logs")).isDirectory();
  }

  @Test
  void handsTheExitCodeOn() {
    // when
    Outcome outcome = launch(tree.resolve("icestream"), System.getProperty("java.home"), "status");

    // then
    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(3);
  }

  @Test
  void saysWhatToDoWithoutJava() {
    // when
    Outcome outcome = launch(tree.resolve("icestream"), null, "status");

    // then
    assertRefused(
        outcome, "error: No Java found: JAVA_HOME is not set and there is no java on the PATH.");
  }

  @Test
  void saysWhatToDoWhenJavaHomeIsWrong() {
    // given
    Path nowhere = tree.resolve("nowhere");

    // when
    Outcome outcome = launch(tree.resolve("icestream"), nowhere.toString(), "status");

    // then
    assertRefused(outcome, "error: JAVA_HOME is " + nowhere + ", which holds no bin/java.");
  }

  @Test
  void saysWhatToDoWithAJavaThatIsTooOld() throws IOException {
    // given
    Path old = javaOfVersion("11.0.2");

    // when
    Outcome outcome = launch(tree.resolve("icestream"), old.toString(), "status");

    // then
    assertRefused(
        outcome, "error: " + old + "/bin/java is Java 11.0.2; Icestream runs on Java 17 to 22.");
  }

  private static void assertRefused(Outcome outcome, String message) {
    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(69);
    assertThat(outcome.err()).startsWith(message + " Install a JDK 17").hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  /** What the launcher asks about a Java before it starts it. */
  private Path javaOfVersion(String version) throws IOException {
    Path home = tree.resolve("java-" + version);
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(
        home.resolve("bin/java"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /** Runs a script with the tools that it uses on its path, among which there is no java. */
  private Outcome launch(Path script, String javaHome, String argument) {
    ProcessBuilder builder =
        new ProcessBuilder(tool("bash").toString(), script.toString(), argument)
            .directory(tree.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_HOME", "ICESTREAM_HOME"));
    environment.put("PATH", tools().toString());
    if (javaHome != null) {
      environment.put("JAVA_HOME", javaHome);
    }
    return RunningCommand.start(builder, List.of("icestream", argument)).outcome();
  }

  private Path tools() {
    Path folder = tree.resolve("tools");
    try {
      Files.createDirectories(folder);
      for (String name :
          List.of("basename", "cat", "dirname", "find", "head", "mkdir", "readlink", "sed")) {
        if (Files.notExists(folder.resolve(name))) {
          Files.createSymbolicLink(folder.resolve(name), tool(name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static Path tool(String name) {
    return List.of("/usr/bin", "/bin", "/usr/local/bin").stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + name + " on this machine"));
  }
}
