/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The embedded stack is what ordinary clients expect, and comes and goes as told. */
@ExtendWith(SharedStack.class)
class StackIT {

  @Test
  void listsItsTopicsToAnyKafkaClient(Stack stack) throws Exception {
    // when
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(stack.environment().kafka()))) {
      // then
      assertThat(admin.listTopics().names().get()).contains("iot.readings", "weblogs", "clicks");
    }
  }

  @Test
  void listsItsObjectsToAnyS3Client(Stack stack) {
    // when
    try (S3Client s3 = s3(stack.environment().catalog())) {
      // then
      assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).containsExactly("lake");
      assertThat(s3.listObjectsV2(r -> r.bucket("lake").prefix("warehouse/ref/")).contents())
          .extracting(S3Object::key)
          .anyMatch(key -> key.matches("warehouse/ref/devices/data/.*\\.parquet"))
          .anyMatch(key -> key.matches("warehouse/ref/devices/metadata/.*\\.metadata\\.json"));
    }
  }

  @Test
  void upRevivesAServerThatHasDied() throws Exception {
    try (Stack own = Stack.up("own-stack")) {
      // given
      ProcessHandle kafka = process(own, "kafka");
      ProcessHandle s3 = process(own, "s3");
      s3.destroyForcibly();
      s3.onExit().get();
      Outcome dead = own.command().run("status");

      // when
      own.command().run("up", "--kafka-port", "0", "--s3-port", "0", "--no-probe").succeeded();

      // then
      assertThat(dead.exitCode()).as("exit code of status").isEqualTo(3);
      assertThat(dead.out()).containsPattern("kafka +running").containsPattern("s3 +dead");
      assertThat(own.command().run("status").succeeded().out())
          .containsPattern("kafka +running")
          .containsPattern("s3 +running");
      assertThat(process(own, "kafka")).as("the server that was well").isEqualTo(kafka);
      assertThat(process(own, "s3")).as("the server that had died").isNotEqualTo(s3);
    }
  }

  @Test
  void downEndsWhatUpHasStartedAndNothingElse(Stack other) throws Exception {
    try (Stack own = Stack.up("own-stack")) {
      // when
      own.command().run("down").succeeded();

      // then
      Outcome status = own.command().run("status");
      assertThat(status.exitCode()).as("exit code of status").isEqualTo(3);
      assertThat(status.out()).containsPattern("kafka +stopped").containsPattern("s3 +stopped");
      assertThat(isListening(own.environment().bootstrapServers())).as("Kafka answers").isFalse();
      assertThat(isListening(own.environment().catalog().get("s3.endpoint")))
          .as("S3 answers")
          .isFalse();
      other.command().run("status").succeeded();
    }
  }

  /** Asks the port and not the process: one that has ended may keep its number for a while. */
  private static boolean isListening(String address) throws IOException {
    URI uri = URI.create(address.startsWith("http") ? address : "tcp://" + address);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private static ProcessHandle process(Stack stack, String server) throws Exception {
    String json = stack.command().run("status", "--format", "json").out();
    for (JsonNode each : new ObjectMapper().readTree(json).get("servers")) {
      if (each.get("name").asText().equals(server)) {
        return ProcessHandle.of(each.get("pid").asLong()).orElseThrow();
      }
    }
    throw new AssertionError("No server " + server + " in " + json);
  }

  private static S3Client s3(Map<String, String> catalog) {
    return S3Client.builder()
        .endpointOverride(URI.create(catalog.get("s3.endpoint")))
        .region(Region.of(catalog.get("client.region")))
        .forcePathStyle(true)
        .httpClientBuilder(Apache5HttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    catalog.get("s3.access-key-id"), catalog.get("s3.secret-access-key"))))
        .build();
  }
}
