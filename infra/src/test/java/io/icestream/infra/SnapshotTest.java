/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.cxapi.CloudFormationStackArtifact;

/**
 * The templates of each mode as they are committed, so that a change of them is seen before it is
 * deployed. With {@code -Dsnapshots.update=true} the files are written instead.
 */
class SnapshotTest {
  private static final String UPDATE =
      "./mvnw -pl infra -am test -Dtest=SnapshotTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dsnapshots.update=true";
  private static final Path SNAPSHOTS = Path.of("src/test/resources/snapshots");

  static Stream<List<String>> modes() {
    Stream<List<String>> producing = Stream.of(List.of("serverless", "glue", "new", "producers"));
    Stream<List<String>> polling = Stream.of(List.of("serverless", "glue", "existing", "poller"));
    Stream<List<String>> formatting = Stream.of(List.of("serverless", "glue", "new", "formats"));
    return Stream.of(modesOfPipelines(), producing, polling, formatting).flatMap(modes -> modes);
  }

  private static Stream<List<String>> modesOfPipelines() {
    return Stream.of("serverless", "express")
        .flatMap(
            kafka ->
                Stream.of("glue", "s3tables")
                    .flatMap(
                        catalog ->
                            Stream.of("new", "existing").map(vpc -> List.of(kafka, catalog, vpc))));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void isWhatIsCommitted(List<String> mode) throws Exception {
    // given
    Synthesis synthesis = Synthesis.of(stage(mode));
    Path folder = SNAPSHOTS.resolve(String.join("-", mode));

    for (Map.Entry<String, CloudFormationStackArtifact> stack : synthesis.stacks().entrySet()) {
      // when
      String template = text(stack.getValue());
      Path file = folder.resolve(stack.getKey() + ".json");

      // then
      if (Boolean.getBoolean("snapshots.update")) {
        Files.createDirectories(folder);
        Files.writeString(file, template);
      }
      assertThat(file).as("Write it with " + UPDATE).exists();
      assertThat(template)
          .as("%s is not up to date. Look at what has changed, then write it with %s", file, UPDATE)
          .isEqualTo(Files.readString(file));
    }
  }

  private static Map<String, Object> stage(List<String> mode) {
    Map<String, Object> stage = new LinkedHashMap<>();
    stage.put("pipelines", List.of("pipelines/iot-telemetry.yaml"));
    stage.put("kafka", mode.get(0));
    stage.put("catalog", mode.get(1));
    if (mode.contains("producers")) {
      stage.putAll(Context.PRODUCERS);
    }
    if (mode.contains("formats")) {
      stage.putAll(Context.FORMATS);
    }
    if (mode.contains("poller")) {
      stage.putAll(Context.POLLER);
    }
    if (mode.get(2).equals("existing")) {
      stage.put("vpcId", "vpc-0123456789abcdef0");
      stage.put("vpcCidr", "10.1.0.0/16");
      stage.put(
          "vpcSubnetIds",
          Stream.of(
                  "subnet-0123456789abcdef0",
                  "subnet-0123456789abcdef1",
                  "subnet-0123456789abcdef2")
              .limit(mode.get(0).equals("express") ? 3 : 2)
              .toList());
    }
    return stage;
  }

  /** Without the hashes of files, which change with each build of them. */
  private static String text(CloudFormationStackArtifact stack) {
    return Json.text(stack.getTemplate()).replaceAll("[0-9a-f]{64}", "HASH");
  }
}
