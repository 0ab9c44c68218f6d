/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.utility.DockerImageName;

/** The servers' images, as the compose project pins them. */
final class Images {
  private Images() {}

  /**
   * The image of a service.
   *
   * @param service its name in {@code localstack/docker-compose.yml}
   */
  static DockerImageName of(String service) {
    String file;
    try {
      file = Files.readString(Workspace.root().resolve("localstack/docker-compose.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Matcher image =
        Pattern.compile("\n  " + service + ":\n(?:    .*\n)*?    image: (\\S+)\n").matcher(file);
    if (!image.find()) {
      throw new IllegalArgumentException("The compose project has no service " + service);
    }
    return DockerImageName.parse(image.group(1));
  }
}
