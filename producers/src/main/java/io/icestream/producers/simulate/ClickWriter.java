/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.util.Locale;

/**
 * Writes the events of {@link Clicks}. Amounts and prices are kept in cents, so that their text is
 * exact.
 */
final class ClickWriter implements EventWriter {

  private static final int USERS = 5000;
  private static final int SKUS = 900;
  private static final long MILLIS_PER_SESSION = 1_800_000;
  private static final String[] COUNTRIES = {"DE", "FR", "US", "GB", "SE", "NL", "PL", "CH"};
  private static final String[] CURRENCIES = {
    "EUR", "EUR", "USD", "GBP", "SEK", "EUR", "PLN", "CHF"
  };
  private static final String[] DEVICES = {"mobile", "mobile", "desktop", "desktop", "tablet"};

  private final SeededRandom random;
  private final EventIds ids;
  private final JsonDamage damage = new JsonDamage("amount", "free");
  private final WebSite site = new WebSite();
  private final Zipf users = new Zipf(USERS, 0.7);
  private final Zipf skus = new Zipf(SKUS, 1.0);
  private final AsciiBuffer out = new AsciiBuffer();
  private final AsciiBuffer items = new AsciiBuffer();
  private final byte[][] keys = new byte[USERS][];
  private final String[] userIds = new String[USERS];

  ClickWriter(Simulation simulation) {
    this.random = new SeededRandom(~simulation.seed());
    this.ids = new EventIds(simulation, "click");
    for (int user = 0; user < USERS; user++) {
      userIds[user] = String.format(Locale.ROOT, "user-%05d", user + 1);
      keys[user] = userIds[user].getBytes(US_ASCII);
    }
  }

  @Override
  public OutgoingRecord valid(long index, long eventMillis) {
    int draw = random.below(1000);
    if (draw < 900) {
      return event(index, eventMillis, draw < 620 ? "view" : "click", "null", "[]");
    }
    long cents = fillItems();
    String amount = draw < 960 ? "null" : new String(out.clear().fixed(cents, 2).copy(), US_ASCII);
    return event(index, eventMillis, draw < 960 ? "add_to_cart" : "purchase", amount, itemsText());
  }

  @Override
  public OutgoingRecord outOfRange(long index, long eventMillis) {
    long unused = fillItems();
    long cents =
        random.chance(500) ? -1L - random.below(50_000) : 100_000_000L + random.below(900_000_000);
    String amount = new String(out.clear().fixed(cents, 2).copy(), US_ASCII);
    return event(index, eventMillis, "purchase", amount, itemsText());
  }

  @Override
  public OutgoingRecord malformed(long index, long eventMillis) {
    OutgoingRecord whole = valid(index, eventMillis);
    return new OutgoingRecord(
        whole.key(), damage.damage(whole.value(), random), RecordClass.MALFORMED);
  }

  private OutgoingRecord event(
      long index, long eventMillis, String action, String amount, String itemList) {
    int user = users.draw(random);
    int country = user % COUNTRIES.length;
    String referrer = site.referrer(random);
    ids.write(out.clear().text("{\"event_id\":\""), index)
        .text("\",\"user_id\":\"")
        .text(userIds[user])
        .text("\",\"session_id\":\"s-")
        .hex(SeededRandom.mix(user * 1_000_003L + eventMillis / MILLIS_PER_SESSION), 12)
        .text("\",\"event_time\":\"")
        .isoTime(eventMillis)
        .text("\",\"page\":\"")
        .text(site.path(random))
        .text("\",\"action\":\"")
        .text(action)
        .text(referrer == null ? "\",\"referrer\":null" : "\",\"referrer\":\"")
        .text(referrer == null ? "" : referrer + "\"")
        .text(",\"amount\":")
        .text(amount)
        .text(",\"currency\":\"")
        .text(CURRENCIES[country])
        .text("\",\"country\":\"")
        .text(COUNTRIES[country])
        .text("\",\"device\":\"")
        .text(random.oneOf(DEVICES))
        .text("\",\"items\":")
        .text(itemList)
        .text("}");
    return new OutgoingRecord(keys[user], out.copy(), RecordClass.GOOD);
  }

  /** Fills {@link #items} with one to four items and returns the sum of their prices in cents. */
  private long fillItems() {
    items.clear().text("[");
    long cents = 0;
    int count = 1 + random.below(4);
    for (int i = 0; i < count; i++) {
      int sku = skus.draw(random);
      int quantity = 1 + random.below(3);
      int price = 199 + (int) (SeededRandom.mix(sku) >>> 50);
      cents += (long) quantity * price;
      items.text(i == 0 ? "{\"sku\":\"sku-" : ",{\"sku\":\"sku-").number(sku);
      items.text("\",\"quantity\":").number(quantity).text(",\"price\":").fixed(price, 2).text("}");
    }
    items.text("]");
    return cents;
  }

  private String itemsText() {
    return new String(items.copy(), US_ASCII);
  }
}
