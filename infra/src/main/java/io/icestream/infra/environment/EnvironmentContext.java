/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import io.icestream.infra.environment.AwsEnvironment.LakeSettings;
import io.icestream.infra.environment.AwsEnvironment.Place;
import io.icestream.infra.environment.JobSettings.Architecture;
import io.icestream.infra.environment.KafkaSettings.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Knows the keys of the context, their defaults, and what has to fit together. */
final class EnvironmentContext {
  private static final Pattern ANYTHING = Pattern.compile(".+");
  private static final Pattern ZONE = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d[a-z]");
  private static final Pattern CIDR = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}/(1[6-9]|2[0-4])");
  private static final Set<Integer> LOG_RETENTIONS =
      new TreeSet<>(
          List.of(
              1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
              2922, 3288, 3653));
  private static final String NO_JAR = "none";
  private static final String FUNCTIONS = "producers/target/icestream-functions.zip";
  private static final String CONTROLLER = "controller/target/icestream-controller.zip";

  private final Context context;
  private final Path root;

  private static final String BUILD_JAR =
      "Build it with './mvnw -pl job -am -DskipTests package', or set it to 'none' for a deployment"
          + " that runs no job yet.";

  EnvironmentContext(Context context, Path root) {
    this.context = context;
    this.root = root;
  }

  AwsEnvironment read() {
    Place place = place();
    Removal removal = context.choice("removal", Removal.class, Removal.RETAIN);
    Kind kind = context.choice("kafka", Kind.class, Kind.SERVERLESS);
    NetworkSettings network = network(place.region(), kind == Kind.EXPRESS ? 3 : 2);
    KafkaSettings kafka = kafka(kind, network.zones().size());
    LakeSettings lake =
        new LakeSettings(
            context.choice("catalog", CatalogKind.class, CatalogKind.GLUE),
            context.number("scanLimitGb", 1, 100_000, 100));
    JobSettings jobs = jobs();
    Optional<String> alarmAddress =
        context.optionalText(
            "alarmAddress",
            Pattern.compile("[^@\\s]+@[^@\\s]+"),
            "a mail address, or leave it out for alarms that nobody is told of");
    List<Path> pipelines = pipelines(jobs);
    ProducerSettings producers = new ProducerContext(context, network, this::artefact).read();
    context.finish();
    return new AwsEnvironment(
        place, removal, network, kafka, lake, jobs, alarmAddress, pipelines, producers);
  }

  private Place place() {
    String stage =
        context.text(
            "stage",
            Pattern.compile("[a-z][a-z0-9]{0,11}"),
            "at most 12 small letters and digits, a letter first");
    Optional<String> account =
        context.optionalText("account", Pattern.compile("\\d{12}"), "the 12 digits of an account");
    String region =
        context.text(
            "region",
            Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d"),
            "a region that has EMR Serverless and MSK, such as eu-central-1");
    return new Place(stage, account, region);
  }

  private NetworkSettings network(String region, int zoneCount) {
    String vpcId =
        context.text(
            "vpcId",
            Pattern.compile("new|vpc-[0-9a-f]{8,17}"),
            "'new' or the id of a VPC, such as vpc-0123456789abcdef0",
            "new");
    String cidr =
        context.text(
            "vpcCidr", CIDR, "the addresses of the VPC, such as 10.42.0.0/16", "10.42.0.0/16");
    List<String> zones =
        context.list("availabilityZones", ZONE, "an availability zone such as eu-central-1a");
    List<String> subnets =
        context.list(
            "vpcSubnetIds",
            Pattern.compile("subnet-[0-9a-f]{8,17}"),
            "the id of a subnet, such as subnet-0123456789abcdef0");
    if (zones.isEmpty()) {
      zones = Stream.of("a", "b", "c").limit(zoneCount).map(letter -> region + letter).toList();
    }
    if (zones.size() != zoneCount) {
      context.problem(
          "availabilityZones",
          "has " + zones.size() + " elements",
          "With this kind of Kafka it needs " + zoneCount + ".");
    }
    zones.stream()
        .filter(zone -> !zone.startsWith(region))
        .forEach(
            zone ->
                context.problem(
                    "availabilityZones",
                    "has '" + zone + "', which is not in region '" + region + "'",
                    "Name zones of the region."));
    if (vpcId.equals("new")) {
      if (!subnets.isEmpty()) {
        context.problem("vpcSubnetIds", "is there, but 'vpcId' is 'new'", "Remove one of them.");
      }
      return new NetworkSettings.Own(cidr, zones);
    }
    if (subnets.size() != zones.size()) {
      context.problem(
          "vpcSubnetIds",
          "has " + subnets.size() + " elements, 'availabilityZones' has " + zones.size(),
          "Give one private subnet for each zone, in the same order.");
    }
    return new NetworkSettings.Existing(vpcId, cidr, zones, subnets);
  }

  private KafkaSettings kafka(Kind kind, int zones) {
    String instance =
        context.text(
            "expressInstance",
            Pattern.compile("express\\.m7g\\.(large|[248]?xlarge|12xlarge|16xlarge)"),
            "a size such as express.m7g.large",
            "express.m7g.large");
    int brokers = context.number("expressBrokers", zones, 60, zones);
    if (brokers % zones != 0) {
      context.problem(
          "expressBrokers", "is '" + brokers + "'", "Set it to a multiple of " + zones + ".");
    }
    return new KafkaSettings(
        kind,
        instance,
        brokers,
        context.number("topicPartitions", 1, 1000, 4),
        context.number("retentionHours", 1, 8760, 168));
  }

  private JobSettings jobs() {
    String jar = context.text("jobJar", ANYTHING, "the path of the job's jar, or 'none'");
    Optional<Path> found =
        jar.equals(NO_JAR) || jar.isEmpty()
            ? Optional.empty()
            : Optional.of(artefact("jobJar", jar, BUILD_JAR));
    String controller =
        context.text(
            "controllerZip", ANYTHING, "the path of the controller's zip file", CONTROLLER);
    String functions =
        context.text("functionsZip", ANYTHING, "the path of the functions' zip file", FUNCTIONS);
    return new JobSettings(
        context.choice("architecture", Architecture.class, Architecture.ARM64),
        context.number("maxVcpus", 4, 4000, 16),
        context.number("maxExecutors", 1, 1000, 2),
        found,
        found.map(path -> zip("controllerZip", "controller", controller)),
        found.map(path -> zip("functionsZip", "producers", functions)),
        logRetention());
  }

  private int logRetention() {
    int days = context.number("logRetentionDays", 1, 3653, 30);
    if (!LOG_RETENTIONS.contains(days)) {
      context.problem(
          "logRetentionDays",
          "is '" + days + "'",
          "CloudWatch keeps logs for one of these numbers of days: " + LOG_RETENTIONS + ".");
    }
    return days;
  }

  /** A file that the build makes. */
  private Path artefact(String key, String name, String remedy) {
    Path path = root.resolve(name);
    if (!Files.isRegularFile(path)) {
      context.problem(key, "is '" + name + "', which does not exist", remedy);
    }
    return path;
  }

  private Path zip(String key, String module, String zip) {
    return artefact(key, zip, "Build it with './mvnw -pl " + module + " -am -DskipTests package'.");
  }

  private List<Path> pipelines(JobSettings jobs) {
    List<String> names = context.list("pipelines", ANYTHING, "the path of a pipeline file");
    if (names.isEmpty()) {
      context.problem(
          "pipelines", "is missing", "List the pipeline files, such as pipelines/web-logs.yaml.");
    }
    int wanted = names.size() * jobs.vcpusPerPipeline();
    if (wanted > jobs.maxVcpus()) {
      context.problem(
          "maxVcpus",
          "is '"
              + jobs.maxVcpus()
              + "', but "
              + names.size()
              + " pipelines with up to "
              + jobs.maxExecutors()
              + " executors each may take "
              + wanted,
          "Raise it, and the quota of the account with it, or lower 'maxExecutors'.");
    }
    return names.stream().map(root::resolve).toList();
  }
}
