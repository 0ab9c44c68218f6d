/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Command;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The fault suite passes where the product is right, and fails where it is not. */
class FaultsIT {
  /** The table has the batch, the checkpoint does not: only the fence knows. */
  private static final String CRASH = "^append-1/crash/before-commit-log/plain$";

  @Test
  void noticesWhenDriversDoNotLookAtWhatTheTablesHave() throws IOException {
    Command command = new Command(Workspace.emptyFolder("faults"));

    Outcome right = faults(command, "on");
    Outcome wrong = faults(command, "off");

    assertThat(right.exitCode()).as(right.toString()).isZero();
    assertThat(json(right).get("passed").asInt()).isEqualTo(1);
    assertThat(wrong.exitCode()).as(wrong.toString()).isEqualTo(1);
    assertThat(rules(json(wrong))).contains("DOUBLED", "CHAIN");
    assertThat(json(wrong).at("/failures/0/combination").asText())
        .isEqualTo("append-1/crash/before-commit-log/plain");
  }

  private static Outcome faults(Command command, String fence) {
    return command.run(
        "faults", "--layer", 1, "--only", CRASH, "--fence", fence, "--format", "json");
  }

  private static Set<String> rules(JsonNode report) {
    Set<String> rules = new TreeSet<>();
    report.get("failures").forEach(failure -> rules.add(failure.get("rule").asText()));
    return rules;
  }

  private static JsonNode json(Outcome outcome) throws IOException {
    return new ObjectMapper().readTree(outcome.out());
  }
}
