/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import io.icestream.bench.BenchException;
import io.icestream.bench.lake.LocalFileIO;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Class paths of systems that Icestream's own does not have, each built by a Maven project of its
 * own under {@code bench/systems}.
 *
 * @param sources the source tree
 * @param libraries folder that they are kept in
 * @param progress is told of what takes long
 */
public record RivalLibraries(Path sources, Path libraries, Consumer<String> progress) {

  /**
   * The class path of a system, built if it is absent or older than its sources.
   *
   * @param name its folder under {@code bench/systems}
   * @throws BenchException if there are no sources, or they cannot be built
   */
  String classPath(String name) {
    return library(name).resolve("*") + File.pathSeparator + ownClasses();
  }

  /**
   * One jar of a system's class path, the one whose name starts so.
   *
   * @throws BenchException as {@link #classPath} does
   */
  String jar(String name, String start) {
    try (Stream<Path> jars = Files.list(library(name))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(start))
          .findFirst()
          .orElseThrow(() -> new BenchException("No " + start + " in the library of " + name))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException("The library of " + name + " cannot be read", e);
    }
  }

  private Path library(String name) {
    Path project = sources.resolve("bench/systems").resolve(name);
    Path library = libraries.resolve(name);
    if (!Files.exists(project.resolve("pom.xml"))) {
      throw new BenchException(
          "No project of '" + name + "' at " + project + "; run ./icestream from a source tree.");
    }
    Path stamp = library.resolve("built");
    if (isStale(stamp, project)) {
      build(name, project, library, stamp);
    }
    return library;
  }

  private boolean isStale(Path stamp, Path project) {
    try (Stream<Path> files = Files.walk(project)) {
      return !Files.exists(stamp)
          || Stream.concat(files, Stream.of(sources.resolve("pom.xml")))
              .filter(file -> !file.startsWith(project.resolve("target")))
              .filter(Files::isRegularFile)
              .anyMatch(file -> isNewer(file, stamp));
    } catch (IOException e) {
      throw new UncheckedIOException(project + " cannot be read", e);
    }
  }

  private static boolean isNewer(Path file, Path stamp) {
    try {
      return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(stamp)) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private void build(String name, Path project, Path library, Path stamp) {
    progress.accept("Building the class path of " + name + " (the first time downloads it)");
    try {
      Files.createDirectories(library);
      Path log = libraries.resolve(name + ".log");
      Process maven =
          new ProcessBuilder(
                  List.of(
                      sources.resolve("mvnw").toString(),
                      "-B",
                      "-ntp",
                      "-f",
                      project.resolve("pom.xml").toString(),
                      "-Dlib=" + library,
                      "-Dmaven.test.skip=true",
                      "-Dspotless.check.skip=true",
                      "-Dcheckstyle.skip=true",
                      "-Denforcer.skip=true",
                      "package"))
              .directory(sources.toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(log.toFile())
              .start();
      if (maven.waitFor() != 0) {
        throw new BenchException("The class path of " + name + " cannot be built. Log: " + log);
      }
      Files.writeString(stamp, "");
    } catch (IOException e) {
      throw new UncheckedIOException("The class path of " + name + " cannot be built", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted while building the class path of " + name, e);
    }
  }

  /** The jar of this class, which has the store that all systems write to. */
  private static String ownClasses() {
    CodeSource source = LocalFileIO.class.getProtectionDomain().getCodeSource();
    return new File(source.getLocation().getPath()).toString();
  }
}
