/* SPDX-License-Identifier: MIT */
package io.icestream.spark.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @TempDir private Path folder;

  @Test
  void readsEachKey() throws IOException {
    // given
    var file =
        file(
            """
            kafka.bootstrap.servers=127.0.0.1:9092
            kafka.security.protocol=SSL
            catalog.name=ice
            catalog.type=jdbc
            catalog.uri=jdbc:sqlite:x.db
            checkpoints=s3a://lake/checkpoints
            spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:9000
            registry.type=confluent
            registry.url=http://127.0.0.1:8081
            other.key=ignored
            """);

    // when
    var environment = Environment.read(file);

    // then
    assertThat(environment)
        .isEqualTo(
            new Environment(
                Map.of("bootstrap.servers", "127.0.0.1:9092", "security.protocol", "SSL"),
                "ice",
                Map.of("type", "jdbc", "uri", "jdbc:sqlite:x.db"),
                "s3a://lake/checkpoints",
                Map.of("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:9000"),
                Map.of("type", "confluent", "url", "http://127.0.0.1:8081")));
    assertThat(environment.bootstrapServers()).isEqualTo("127.0.0.1:9092");
  }

  @Test
  void callsTheCatalogLakeUnlessTold() throws IOException {
    // when
    var environment = Environment.read(file("checkpoints=/c\n"));

    // then
    assertThat(environment).isEqualTo(new Environment(Map.of(), "lake", Map.of(), "/c", Map.of()));
    assertThat(environment.bootstrapServers()).isEmpty();
  }

  @Test
  void saysHowToGetAnEnvironmentThatIsNotThere() {
    // given
    var file = folder.resolve("absent.properties");

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> Environment.read(file));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessage(
            "There is no environment at "
                + file
                + ". Start the embedded stack with './icestream up', or name an environment"
                + " file.");
  }

  @Test
  void readsAnEnvironmentFromAFileSystemOfHadoop() throws IOException {
    // given
    var file = file("checkpoints=s3://checkpoints\nkafka.bootstrap.servers=b-1:9098\n");

    // when
    var environment = Environment.read(file.toUri().toString().replace("file:/", "file:///"));

    // then
    assertThat(environment).isEqualTo(Environment.read(file));
  }

  @Test
  void saysWhichAddressHoldsNoEnvironment() {
    // given
    var address = "file://" + folder.resolve("absent.properties");

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> Environment.read(address));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageStartingWith("The environment " + address + " cannot be read (")
        .hasMessageEndingWith("Check that it is there and that this process may read it.");
  }

  @Test
  void refusesAnEnvironmentWithoutCheckpoints() throws IOException {
    // given
    var file = file("checkpoints= \n");

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> Environment.read(file));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(failure).hasMessage("Key 'checkpoints' is missing in " + file + ". Add it.");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("e.properties"), content);
  }
}
