/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What has to be known of a compose file before Compose is asked to start it.
 *
 * @param path the file, absolute
 * @param services its services, in its order
 */
record ComposeFile(Path path, List<Service> services) {

  /** How a port on loopback is written: {@code 127.0.0.1:${VARIABLE}:4566}. */
  private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:\\$\\{(\\w+)}:(\\d+)");

  ComposeFile {
    services = List.copyOf(services);
  }

  /**
   * A service.
   *
   * @param image its image, with its tag
   * @param built whether the image is made from this source tree
   * @param profiles those that it belongs to; it is always started if there are none
   * @param portVariable the variable that has its port on loopback; empty if it has none
   */
  record Service(
      String name,
      String image,
      boolean built,
      Set<String> profiles,
      Optional<String> portVariable) {

    Service {
      profiles = Set.copyOf(profiles);
    }
  }

  /**
   * @throws StackException if the file cannot be read, or is not as this class knows it
   */
  static ComposeFile read(Path path) {
    try (Reader reader = Files.newBufferedReader(path)) {
      Map<?, ?> root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromReader(reader);
      List<Service> services = new ArrayList<>();
      Set<String> built = built((Map<?, ?>) root.get("services"));
      ((Map<?, ?>) root.get("services"))
          .forEach(
              (name, value) -> services.add(service(name.toString(), (Map<?, ?>) value, built)));
      return new ComposeFile(path.toAbsolutePath(), services);
    } catch (IOException | YamlEngineException | ClassCastException | NullPointerException e) {
      throw new StackException(
          "Cannot understand " + path + " (" + e + "); restore it from version control", e);
    }
  }

  /** The services that are started with these profiles. */
  List<Service> enabled(Set<ComposeProfile> profiles) {
    return services.stream()
        .filter(
            service ->
                service.profiles().isEmpty()
                    || profiles.stream().anyMatch(p -> service.profiles().contains(p.key())))
        .toList();
  }

  private static Set<String> built(Map<?, ?> services) {
    Set<String> images = new HashSet<>();
    for (Object service : services.values()) {
      if (((Map<?, ?>) service).containsKey("build")) {
        images.add(((Map<?, ?>) service).get("image").toString());
      }
    }
    return images;
  }

  private static Service service(String name, Map<?, ?> entries, Set<String> built) {
    String image = entries.get("image").toString();
    List<?> profiles = entries.get("profiles") instanceof List<?> list ? list : List.of();
    List<?> ports = entries.get("ports") instanceof List<?> list ? list : List.of();
    return new Service(
        name,
        image,
        built.contains(image),
        Set.copyOf(profiles.stream().map(Object::toString).toList()),
        ports.stream().map(port -> variable(name, port.toString())).findFirst());
  }

  private static String variable(String service, String port) {
    Matcher matcher = PORT.matcher(port);
    if (!matcher.matches()) {
      throw new StackException(
          "Port '"
              + port
              + "' of service "
              + service
              + " is not 127.0.0.1:${VARIABLE}:PORT; restore the file from version control");
    }
    return matcher.group(1);
  }
}
