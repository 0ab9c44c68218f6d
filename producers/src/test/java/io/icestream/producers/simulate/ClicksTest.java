/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.icestream.producers.record.RecordClass;
import org.junit.jupiter.api.Test;

class ClicksTest {

  private final Drawn drawn = Drawn.from(200, Clicks::new);

  @Test
  void writesTwelveFieldsKeyedByUser() {
    // when
    var good = drawn.records().stream().filter(r -> r.recordClass() == RecordClass.GOOD);

    // then
    assertThat(good)
        .allSatisfy(
            sent -> {
              JsonNode click = JsonShape.parse(Drawn.text(sent));
              assertThat(click.fieldNames())
                  .toIterable()
                  .containsExactly(
                      "event_id",
                      "user_id",
                      "session_id",
                      "event_time",
                      "page",
                      "action",
                      "referrer",
                      "amount",
                      "currency",
                      "country",
                      "device",
                      "items");
              assertThat(new String(sent.key(), UTF_8)).isEqualTo(click.get("user_id").textValue());
            });
  }

  @Test
  void sumsTheItemsOfAPurchase() {
    // when
    var purchases =
        drawn
            .texts(RecordClass.GOOD)
            .map(JsonShape::parse)
            .filter(click -> click.get("action").textValue().equals("purchase"))
            .toList();

    // then
    assertThat(purchases)
        .isNotEmpty()
        .allSatisfy(
            purchase -> {
              long cents = 0;
              for (JsonNode item : purchase.get("items")) {
                cents +=
                    Math.round(item.get("price").doubleValue() * 100)
                        * item.get("quantity").longValue();
              }
              assertThat(Math.round(purchase.get("amount").doubleValue() * 100))
                  .isEqualTo(cents)
                  .isPositive();
            });
  }

  @Test
  void putsAmountsOutOfRange() {
    // when
    var amounts =
        drawn
            .texts(RecordClass.OUT_OF_RANGE)
            .map(text -> JsonShape.parse(text).get("amount").doubleValue())
            .toList();

    // then
    assertThat(amounts)
        .allMatch(amount -> amount < 0 || amount >= 1_000_000)
        .anyMatch(amount -> amount < 0)
        .anyMatch(amount -> amount > 0);
  }

  @Test
  void damagesMalformedClicksBeyondDecoding() {
    // when
    var texts = drawn.texts(RecordClass.MALFORMED).toList();

    // then
    assertThat(texts).isNotEmpty().noneMatch(text -> JsonShape.fits(text, "user_id", "amount"));
  }

  @Test
  void givesEachClickItsOwnId() {
    // when
    var ids =
        drawn
            .texts(RecordClass.GOOD)
            .map(text -> JsonShape.parse(text).get("event_id").textValue());

    // then
    assertThat(ids).doesNotHaveDuplicates();
  }
}
