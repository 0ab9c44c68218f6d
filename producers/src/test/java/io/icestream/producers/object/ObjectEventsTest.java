/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.producers.object.ObjectEvents.Message;
import io.icestream.producers.object.ObjectEvents.UnknownEventException;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectEventsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsWhatS3NotifiesAndLeavesDeletionsOut() throws Exception {
    assertThat(ObjectEvents.objects(event("s3-notification.json")))
        .containsExactly(
            new ObjectVersion(
                "landing",
                "logs/a b=c/é.log.gz",
                Optional.of("096fKKXTRTtl3on89fVO.nfljtsv6qko"),
                Optional.of("0123456789abcdef0123456789abcdef")));
  }

  @Test
  void readsAnEventOfEventBridgeWhoseKeyIsNotEncoded() throws Exception {
    assertThat(ObjectEvents.objects(event("eventbridge.json")))
        .containsExactly(
            new ObjectVersion(
                "landing",
                "csv/a+b.csv",
                Optional.empty(),
                Optional.of("b1946ac92492d2347c6235b4d2611184")));
  }

  @Test
  void readsMessagesOfAQueue() throws Exception {
    // given
    var event = JSON.createObjectNode();
    event
        .putArray("Records")
        .addObject()
        .put("messageId", "m1")
        .put("eventSource", "aws:sqs")
        .put("body", text("s3-notification.json"));

    // when
    var messages = ObjectEvents.messages(event).orElseThrow();

    // then
    assertThat(messages).extracting(Message::id).containsExactly("m1");
    assertThat(ObjectEvents.objects(messages.get(0).body())).hasSize(1);
    assertThat(ObjectEvents.messages(event("eventbridge.json"))).isEmpty();
  }

  @Test
  void knowsTheTestEventOfS3() throws Exception {
    assertThat(ObjectEvents.objects("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"}"))
        .isEmpty();
  }

  @Test
  void refusesOtherEvents() {
    assertThatThrownBy(() -> ObjectEvents.objects("{\"Records\":[{\"eventSource\":\"aws:sns\"}]}"))
        .isInstanceOf(UnknownEventException.class)
        .hasMessageContaining("neither S3, EventBridge nor SQS");
    assertThatThrownBy(() -> ObjectEvents.objects("hello"))
        .isInstanceOf(UnknownEventException.class)
        .hasMessageContaining("not JSON");
  }

  private JsonNode event(String name) throws IOException {
    return JSON.readTree(text(name));
  }

  private String text(String name) throws IOException {
    try (var in = getClass().getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
