/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import io.icestream.infra.environment.ProducerSettings.Api;
import io.icestream.infra.environment.ProducerSettings.Http;
import io.icestream.infra.environment.ProducerSettings.ObjectFiles;
import io.icestream.infra.environment.ProducerSettings.Producer;
import io.icestream.infra.environment.ProducerSettings.Simulation;
import io.icestream.model.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the producers from the context. */
final class ProducerContext {
  private static final String KEY = "producers";
  private static final String ZIP = "functionsZip";
  private static final String DEFAULT_ZIP = "producers/target/icestream-functions.zip";
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "name",
              "type",
              "concurrency",
              "topics",
              "key",
              "routes",
              "simulator",
              "topic",
              "count",
              "file",
              "minutes",
              "secrets",
              "addresses",
              "formats",
              "metrics"));
  private static final List<String> TYPES = List.of("http", "object", "api", "simulation");
  private static final List<String> METRICS = List.of("emf", "none");
  private static final List<String> SIMULATORS = List.of("iot", "weblogs", "clicks");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,19}");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}");
  private static final Pattern ADDRESSES =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}/(3[0-2]|[12]?\\d)");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
  private static final Pattern ROUTE =
      Pattern.compile("[^=,*?]*=[A-Za-z0-9._-]{1,249}(:[0-9]{1,4})?");

  private final Context context;
  private final NetworkSettings network;
  private final Artefacts artefacts;
  private final Set<String> names = new TreeSet<>();

  /** Finds a file that the build makes, or adds a problem with the remedy. */
  interface Artefacts {
    Path find(String key, String name, String remedy);
  }

  ProducerContext(Context context, NetworkSettings network, Artefacts artefacts) {
    this.context = context;
    this.network = network;
    this.artefacts = artefacts;
  }

  ProducerSettings read() {
    String name =
        context.text(
            ZIP, Pattern.compile(".+"), "the path of the functions' zip file", DEFAULT_ZIP);
    List<Map<String, Object>> elements = context.maps(KEY, KEYS);
    if (elements.isEmpty()) {
      return new ProducerSettings(Optional.empty(), List.of());
    }
    Path zip =
        artefacts.find(ZIP, name, "Build it with './mvnw -pl producers -am -DskipTests package'.");
    List<Producer> producers = new ArrayList<>();
    elements.forEach(element -> producer(element).ifPresent(producers::add));
    List<String> readers =
        producers.stream().filter(ObjectFiles.class::isInstance).map(Producer::name).toList();
    if (readers.size() > 1) {
      // They would all get each object
      problem("has type 'object' in " + readers, "Put all routes into one.");
    }
    return new ProducerSettings(Optional.of(zip), producers);
  }

  private Optional<Producer> producer(Map<String, Object> element) {
    String name = text(element, "name");
    if (!NAME.matcher(name).matches()) {
      problem("has name '" + name + "'", "Take at most 20 small letters, digits and dashes.");
    } else if (!names.add(name)) {
      problem("has name '" + name + "' twice", "Give each its own.");
    }
    String type = text(element, "type");
    return switch (type) {
      case "http" -> Optional.of(http(name, element));
      case "object" -> Optional.of(object(name, element));
      case "api" -> Optional.of(api(name, element));
      case "simulation" -> Optional.of(simulation(name, element));
      default -> {
        problem("has type '" + type + "' in '" + name + "'", Suggestion.of(type, TYPES));
        yield Optional.empty();
      }
    };
  }

  private Http http(String name, Map<String, Object> element) {
    List<String> topics =
        list(name, element, "topics", TOPIC, "List the topics that take records.");
    Optional<String> key = Optional.of(text(element, "key")).filter(text -> !text.isEmpty());
    key.filter(pointer -> !pointer.startsWith("/"))
        .ifPresent(
            pointer ->
                problem(
                    "has key '" + pointer + "' in '" + name + "'",
                    "Give a JSON pointer such as /device_id."));
    return new Http(
        name,
        number(name, element, "concurrency", 1, 1000, 10),
        topics,
        key,
        formats(name, topics, element),
        metrics(name, element));
  }

  private ObjectFiles object(String name, Map<String, Object> element) {
    List<String> routes = list(name, element, "routes", ROUTE, "List them as PREFIX=TOPIC.");
    return new ObjectFiles(
        name,
        number(name, element, "concurrency", 2, 1000, 10),
        routes,
        formats(name, ObjectFiles.topics(routes), element),
        metrics(name, element));
  }

  private Api api(String name, Map<String, Object> element) {
    if (network instanceof NetworkSettings.Own) {
      problem(
          "has type 'api' in '" + name + "', but the stage's own VPC has no way to an API",
          "Set 'vpcId' to a VPC whose subnets have one, such as a NAT gateway, or run"
              + " './icestream produce api' elsewhere.");
    }
    String topic = text(element, "topic");
    if (!TOPIC.matcher(topic).matches()) {
      problem(
          "has topic '" + topic + "' in '" + name + "'", "Name the topic that the API's file has.");
    }
    List<String> secrets =
        element.containsKey("secrets")
            ? list(name, element, "secrets", SECRET, "List the names of secrets.")
            : List.of();
    List<String> addresses =
        list(
            name,
            element,
            "addresses",
            ADDRESSES,
            "List the networks that the API is in, such as 203.0.113.0/24; 0.0.0.0/0 if nobody"
                + " knows them.");
    Path file =
        artefacts.find(
            KEY, text(element, "file"), "Set 'file' in '" + name + "' to the API's file.");
    int minutes = number(name, element, "minutes", 1, 1440, 5);
    withoutFormats(name, "api", element);
    return new Api(name, topic, file, minutes, secrets, addresses, metrics(name, element));
  }

  private Simulation simulation(String name, Map<String, Object> element) {
    String simulator = text(element, "simulator");
    if (!SIMULATORS.contains(simulator)) {
      problem(
          "has simulator '" + simulator + "' in '" + name + "'",
          Suggestion.of(simulator, SIMULATORS));
    }
    String topic = text(element, "topic");
    if (topic.isEmpty()) {
      problem("has no 'topic' in '" + name + "'", "Name the topic that takes the events.");
    }
    withoutFormats(name, "simulation", element);
    return new Simulation(
        name,
        simulator,
        topic,
        number(name, element, "count", 1, 1_000_000, 1_000),
        metrics(name, element));
  }

  private SortedMap<String, TopicFormat> formats(
      String name, List<String> topics, Map<String, Object> element) {
    return new FormatContext(context, artefacts).read(name, topics, element.get("formats"));
  }

  private void withoutFormats(String name, String type, Map<String, Object> element) {
    if (element.containsKey("formats")) {
      problem(
          "has 'formats' in '" + name + "' of type '" + type + "'",
          "Remove them: only 'http' and 'object' have formats.");
    }
  }

  private boolean metrics(String name, Map<String, Object> element) {
    String metrics = element.containsKey("metrics") ? text(element, "metrics") : "none";
    if (!METRICS.contains(metrics)) {
      problem("has metrics '" + metrics + "' in '" + name + "'", Suggestion.of(metrics, METRICS));
    }
    return metrics.equals("emf");
  }

  private List<String> list(
      String name, Map<String, Object> element, String key, Pattern pattern, String remedy) {
    List<String> values = new ArrayList<>();
    if (element.get(key) instanceof List<?> list) {
      list.forEach(value -> values.add(value.toString()));
    }
    if (values.isEmpty()) {
      problem("has no '" + key + "' in '" + name + "'", remedy);
    }
    values.stream()
        .filter(value -> !pattern.matcher(value).matches())
        .forEach(
            value -> problem("has '" + value + "' in '" + key + "' of '" + name + "'", remedy));
    return values;
  }

  private int number(
      String name, Map<String, Object> element, String key, int least, int most, int fallback) {
    Object value = element.get(key);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= least
        && number.intValue() <= most) {
      return number.intValue();
    }
    problem(
        "has " + key + " '" + value + "' in '" + name + "'",
        "Set it to a whole number from " + least + " to " + most + ".");
    return fallback;
  }

  private static String text(Map<String, Object> element, String key) {
    Object value = element.get(key);
    return value == null ? "" : value.toString();
  }

  private void problem(String found, String remedy) {
    context.problem(KEY, found, remedy);
  }
}
