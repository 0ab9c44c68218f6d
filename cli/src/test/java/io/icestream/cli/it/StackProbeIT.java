/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The probe that {@code up} starts beside the servers. */
class StackProbeIT {

  @Test
  void probesFromUpToDownInABackgroundProcessOfItsOwn() throws Exception {
    // given
    Stack stack = new Stack(Workspace.emptyFolder("probed-stack"));
    try {
      // when
      stack.command().run("up", "--kafka-port", "0", "--s3-port", "0").succeeded();

      // then it says where it publishes, and is known
      Path target = stack.home().resolve("metrics/freshness.probe.json");
      await().atMost(RunningCommand.PATIENCE).until(() -> Files.exists(target));
      ProcessHandle probe = ProcessHandle.of(status(stack).path("pid").asLong()).orElseThrow();
      assertThat(status(stack).path("state").asText()).isEqualTo("running");
      assertThat(stack.home().resolve("logs/probe.log")).exists();
      assertThat(stack.command().run("up", "--kafka-port", "0", "--s3-port", "0").succeeded().err())
          .contains("probe already runs (pid " + probe.pid() + ")");

      // when it dies
      probe.destroyForcibly();
      var unused = probe.onExit().get();

      // then status says so, and up revives it
      Outcome dead = stack.command().run("status");
      assertThat(dead.exitCode()).isEqualTo(3);
      assertThat(dead.out()).containsPattern("probe +dead").containsPattern("kafka +running");
      stack.command().run("up", "--kafka-port", "0", "--s3-port", "0").succeeded();
      assertThat(status(stack).path("pid").asLong()).isNotEqualTo(probe.pid());
      assertThat(status(stack).path("state").asText()).isEqualTo("running");

      // when
      stack.close();

      // then
      // A process that has ended may keep its number for a while; it takes back what it has said
      assertThat(target).doesNotExist();
      assertThat(stack.command().run("status").out()).doesNotContainPattern("(?m)^probe ");
    } finally {
      stack.close();
    }
  }

  private static JsonNode status(Stack stack) throws Exception {
    String json = stack.command().run("status", "--format", "json").out();
    for (JsonNode each : new ObjectMapper().readTree(json).get("servers")) {
      if (each.get("name").asText().equals("probe")) {
        return each;
      }
    }
    throw new AssertionError("No probe in " + json);
  }
}
