/* SPDX-License-Identifier: MIT */
package io.icestream.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Lambda functions from the zip file that the build makes, each call in a process of its own, so
 * that one can be killed in the middle.
 *
 * @param folder where the zip file is unpacked
 * @param variables the environment of the functions
 */
public record FunctionProcess(Path folder, Map<String, String> variables) {

  private static final Path ZIP =
      Workspace.root().resolve("producers/target/icestream-functions.zip");

  /** Unpacks the zip file, for functions that reach these servers. */
  public static FunctionProcess of(Servers servers, String name, Map<String, String> variables) {
    Map<String, String> all = new TreeMap<>(variables);
    Map<String, String> catalog = servers.catalog();
    all.put("ICESTREAM_BOOTSTRAP_SERVERS", servers.bootstrapServers());
    all.put("ICESTREAM_KAFKA_AUTH", "none");
    all.put("AWS_ENDPOINT_URL_S3", catalog.get("s3.endpoint"));
    all.put("AWS_REGION", catalog.get("client.region"));
    all.put("AWS_ACCESS_KEY_ID", catalog.get("s3.access-key-id"));
    all.put("AWS_SECRET_ACCESS_KEY", catalog.get("s3.secret-access-key"));
    return new FunctionProcess(unpack(Workspace.emptyFolder(name)), all);
  }

  /** Starts a call. */
  public RunningCommand call(String handler, String event) {
    try {
      Path file = Files.writeString(Files.createTempFile(folder, "event", ".json"), event);
      List<String> line =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx512m",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              folder.resolve("lib") + "/*:" + testClasses(),
              LambdaRuntime.class.getName(),
              handler,
              file.toString());
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().putAll(variables);
      return RunningCommand.start(builder, List.of("function", handler));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path testClasses() {
    return Path.of(
        LambdaRuntime.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private static Path unpack(Path folder) {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(ZIP))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        Path target = folder.resolve(each.getName());
        if (each.isDirectory()) {
          Path unused = Files.createDirectories(target);
        } else {
          Path unused = Files.createDirectories(target.getParent());
          copy(zip, target);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(InputStream zip, Path target) throws IOException {
    long unused = Files.copy(zip, target);
  }
}
