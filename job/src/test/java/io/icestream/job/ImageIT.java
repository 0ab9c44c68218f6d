/* SPDX-License-Identifier: MIT */
package io.icestream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.icestream.localstack.EmbeddedStack;
import io.icestream.localstack.StackSettings;
import io.icestream.spark.environment.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The job's jar runs a pipeline with the libraries of EMR's image ahead of it on the class path:
 * from Kafka to tables of Glue in S3, its environment and its checkpoint in S3, too.
 */
class ImageIT {
  private static final int READINGS = 600;
  private static final int PER_DAY = 200;

  private static JobSite site;

  @BeforeAll
  static void up() throws IOException {
    Path home = JobSite.emptyFolder("image");
    EmbeddedStack.start(
        new StackSettings(home.resolve("stack"), JobSite.distribution(home), 0, 0), text -> {});
    site = JobSite.of(home, Environment.read(EmbeddedStack.environmentFile(home.resolve("stack"))));
  }

  @AfterAll
  static void down() {
    site.close();
    EmbeddedStack.stop(site.home().resolve("stack"), text -> {});
  }

  @Test
  void runsAPipelineBehindTheLibrariesOfTheImage() throws Exception {
    // given
    site.createTopic("machine.temperature");
    site.produce("machine.temperature", readings());

    // when
    JobRun first = site.run("machine-temperature.yaml", "open");
    site.produce("machine.temperature", List.of("2014-03-01 12:00:00,55.5"));
    JobRun second = site.run("machine-temperature.yaml", "open");

    // then
    assertThat(first.exitCode()).as(first.log()).isZero();
    assertThat(second.exitCode()).as(second.log()).isZero();
    assertThat(site.rows("machine.temperature")).hasSize(READINGS + 1).doesNotHaveDuplicates();
    assertThat(site.rows("machine.temperature_per_day"))
        .extracting(
            row -> row.getField("day").toString().substring(0, 10), row -> row.getField("n"))
        .containsExactlyInAnyOrder(
            tuple("2014-01-01", (long) PER_DAY),
            tuple("2014-01-02", (long) PER_DAY),
            tuple("2014-01-03", (long) PER_DAY),
            tuple("2014-03-01", 1L));
    assertThat(site.rows("machine.quarantine")).hasSize(1);
    assertThat(site.glueActions())
        .as("what the role of a job has to allow")
        .containsExactly(
            "glue:CreateTable", "glue:GetDatabase", "glue:GetTable", "glue:UpdateTable");
    assertThat(second.classes())
        .as("where classes come from")
        .satisfies(
            classes -> {
              assertThat(classes.jarsOf("org.apache.kafka.")).isEmpty();
              assertThat(classes.jarsOf("io.icestream.")).containsExactly("icestream-job.jar");
              assertThat(classes.jarsOf("org.apache.iceberg."))
                  .containsExactly("icestream-job.jar");
              assertThat(classes.jarsOf("software.amazon.awssdk.services.s3."))
                  .as("the SDK of the image, which reads the checkpoint")
                  .containsExactly("s3-2.44.5.jar");
              assertThat(
                      classes.jarsOf("io.icestream.shaded.software.amazon.awssdk.services.glue."))
                  .isNotEmpty();
            });
  }

  @Test
  void logsInToKafkaByIam() throws Exception {
    // when
    JobRun run = site.run("iot-telemetry.yaml", "iam");

    // then the embedded broker, which knows no IAM, is asked for it
    assertThat(run.exitCode()).as(run.log()).isNotZero();
    assertThat(run.log()).contains("handshake request with client mechanism AWS_MSK_IAM");
    assertThat(run.classes().jarsOf("software.amazon.msk.auth.iam."))
        .containsExactly("icestream-job.jar");
    assertThat(run.log()).doesNotContain(site.secret());
  }

  /** A head line, and five-minute readings of three days. */
  private static List<String> readings() {
    List<String> lines = new ArrayList<>();
    lines.add("timestamp,value");
    for (int i = 0; i < READINGS; i++) {
      lines.add(
          "2014-01-%02d %02d:%02d:00,%d.5"
              .formatted(1 + i / PER_DAY, i % PER_DAY / 12, i % PER_DAY % 12 * 5, 60 + i % 40));
    }
    return lines;
  }
}
