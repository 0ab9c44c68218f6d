/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.producers.ProducerException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.msk.auth.iam.IAMClientCallbackHandler;

/**
 * The settings do what they are for, without a network: they sign, with credentials of this test.
 */
class MskIamTest {

  private static final String LOGIN = "software.amazon.msk.auth.iam.IAMLoginModule";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final String SESSION = "FwoGZXIvYXdzEXAMPLESESSIONTOKEN";
  private static final String ROLE = "arn:aws:iam::123456789012:role/icestream-producer";

  private final List<String> logged = new ArrayList<>();
  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record.getMessage() + " " + record.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void haveCredentialsAndListenToAllLogs() {
    System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
    System.setProperty("aws.secretAccessKey", SECRET);
    System.setProperty("aws.sessionToken", SESSION);
    System.setProperty("aws.region", "eu-central-1");
    root.setLevel(Level.ALL);
    listener.setLevel(Level.ALL);
    root.addHandler(listener);
  }

  @AfterEach
  void leaveNothing() {
    root.removeHandler(listener);
    root.setLevel(level);
    for (String name :
        List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.sessionToken", "aws.region")) {
      System.clearProperty(name);
    }
  }

  @Test
  void signsWithTheCredentialsOfTheProcess() throws Exception {
    // when
    JsonNode token = token(MskIam.ofProcess());

    // then
    assertThat(token.get("host").asText())
        .isEqualTo("b-1.example.kafka.eu-central-1.amazonaws.com");
    assertThat(token.get("action").asText()).isEqualTo("kafka-cluster:Connect");
    assertThat(token.get("x-amz-algorithm").asText()).isEqualTo("AWS4-HMAC-SHA256");
    assertThat(token.get("x-amz-credential").asText())
        .matches("AKIAIOSFODNN7EXAMPLE/[0-9]{8}/eu-central-1/kafka-cluster/aws4_request");
    assertThat(token.get("x-amz-security-token").asText()).isEqualTo(SESSION);
    assertThat(token.get("x-amz-signature").asText()).matches("[0-9a-f]{64}");
    assertThat(token.toString()).doesNotContain(SECRET);
  }

  @Test
  void assumesARoleUnderTheSameNameEachTime() throws Exception {
    // given
    AssumedRoles.ASKED.clear();
    Map<String, String> settings = MskIam.ofRole(ROLE, "icestream-http", "eu-central-1");

    // when
    JsonNode first = token(settings);
    JsonNode second = token(settings);

    // then
    assertThat(AssumedRoles.ASKED).hasSizeGreaterThanOrEqualTo(2);
    assertThat(AssumedRoles.ASKED)
        .allSatisfy(
            request -> {
              assertThat(request.roleArn()).isEqualTo(ROLE);
              assertThat(request.roleSessionName()).isEqualTo("icestream-http");
            });
    assertThat(List.of(first, second))
        .as("the login module goes on with the process's own credentials where STS fails")
        .extracting(token -> token.get("x-amz-credential").asText())
        .allMatch(credential -> credential.startsWith("AKIAIOSFODNN7EXAMPLE/"));
  }

  @Test
  void putsNoCredentialIntoALog() throws Exception {
    // given
    var console = new ByteArrayOutputStream();
    PrintStream err = System.err;
    System.setErr(new PrintStream(console, true, UTF_8));

    // when
    try {
      JsonNode unused = token(MskIam.ofProcess());
      var settings = new ProducerSettings("127.0.0.1:1", MskIam.ofProcess());
      RecordSender.open(settings).close();
    } finally {
      System.setErr(err);
    }

    // then
    assertThat(logged).as("logs of the Kafka client").isNotEmpty();
    assertThat(String.join("\n", logged) + console.toString(UTF_8))
        .doesNotContain(SECRET)
        .doesNotContain(SESSION);
  }

  @Test
  void refusesNamesThatCouldAddSettings() {
    assertThatThrownBy(() -> MskIam.ofRole(ROLE, "a\" awsDebugCreds=\"true", "eu-central-1"))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("MSK session name is");
    assertThatThrownBy(() -> MskIam.ofRole("role", "name", "eu-central-1"))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("MSK role ARN is 'role'");
  }

  /** What Kafka's client does with the settings, up to the bytes that it sends to the broker. */
  private static JsonNode token(Map<String, String> settings) throws Exception {
    // Registers its mechanism when it is loaded, as Kafka does by its name
    Class<?> unused = Class.forName(LOGIN);
    Map<String, Object> configs = new HashMap<>(settings);
    configs.put("sasl.jaas.config", new Password(settings.get("sasl.jaas.config")));
    List<AppConfigurationEntry> login =
        JaasContext.loadClientContext(configs).configurationEntries();
    var callbacks = new IAMClientCallbackHandler();
    callbacks.configure(configs, settings.get("sasl.mechanism"), login);
    SaslClient client =
        Sasl.createSaslClient(
            new String[] {settings.get("sasl.mechanism")},
            null,
            "kafka",
            "b-1.example.kafka.eu-central-1.amazonaws.com",
            Map.of(),
            callbacks);
    byte[] token = client.evaluateChallenge(new byte[0]);
    callbacks.close();
    return new ObjectMapper().readTree(token);
  }
}
