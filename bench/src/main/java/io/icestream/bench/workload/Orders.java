/* SPDX-License-Identifier: MIT */
package io.icestream.bench.workload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * Orders of a shop: JSON objects of 18 fields and about 500 bytes, keyed by customer. Two in three
 * have no coupon, which is null then.
 */
final class Orders implements Iterator<OutgoingRecord> {
  static final RowShape SHAPE =
      new RowShape(
          List.of(
              new Column("order_id", ColumnType.STRING, true),
              new Column("customer_id", ColumnType.STRING, true),
              new Column("session_id", ColumnType.STRING, true),
              new Column("placed_at", ColumnType.TIMESTAMP, true),
              new Column("channel", ColumnType.STRING, true),
              new Column("country", ColumnType.STRING, true),
              new Column("city", ColumnType.STRING, true),
              new Column("currency", ColumnType.STRING, true),
              new Column("amount", ColumnType.DOUBLE, true),
              new Column("tax", ColumnType.DOUBLE, true),
              new Column("discount", ColumnType.DOUBLE, true),
              new Column("items", ColumnType.INT, true),
              new Column("weight_grams", ColumnType.LONG, true),
              new Column("express", ColumnType.BOOLEAN, true),
              new Column("coupon", ColumnType.STRING, false),
              new Column("payment", ColumnType.STRING, true),
              new Column("user_agent", ColumnType.STRING, true),
              new Column("note", ColumnType.STRING, true)),
          "placed_at");

  private static final String[] CHANNELS = {"web", "app", "phone", "store"};
  private static final String[] PAYMENTS = {"card", "invoice", "wallet", "transfer"};
  private static final String[][] PLACES = {
    {"DE", "Hamburg", "EUR"}, {"FR", "Lyon", "EUR"}, {"GB", "Leeds", "GBP"},
    {"NO", "Bergen", "NOK"}, {"PL", "Gdansk", "PLN"}, {"US", "Portland", "USD"}
  };
  private static final String[] AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605",
    "shop-app/4.12.1 (Android 14; build 90312)"
  };
  private static final String[] WORDS = {
    "leave",
    "parcel",
    "door",
    "ring",
    "twice",
    "gift",
    "wrap",
    "please",
    "fragile",
    "morning",
    "evening",
    "neighbour",
    "garage",
    "call",
    "before",
    "no",
    "plastic",
    "thanks"
  };

  private final long rows;
  private final long startMillis;
  private final long stepMillis;

  /** Its algorithm is specified, so a seed means the same records everywhere. */
  private final Random random;

  private long index;

  Orders(long rows, long seed, Instant start, Duration step) {
    this.rows = rows;
    this.random = new Random(seed);
    this.startMillis = start.toEpochMilli();
    this.stepMillis = step.toMillis();
  }

  @Override
  public boolean hasNext() {
    return index < rows;
  }

  @Override
  public OutgoingRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All " + rows + " orders were taken");
    }
    String customer = "cust-" + (100_000 + random.nextInt(50_000));
    String[] place = PLACES[random.nextInt(PLACES.length)];
    int cents = 500 + random.nextInt(200_000);
    StringBuilder out = new StringBuilder(640);
    text(out.append('{'), "order_id", hex() + "-" + Long.toHexString(0x1000_0000L + index));
    text(out.append(','), "customer_id", customer);
    text(out.append(','), "session_id", hex() + hex());
    text(out.append(','), "placed_at", Instant.ofEpochMilli(time()).toString());
    text(out.append(','), "channel", CHANNELS[random.nextInt(CHANNELS.length)]);
    text(out.append(','), "country", place[0]);
    text(out.append(','), "city", place[1]);
    text(out.append(','), "currency", place[2]);
    money(out, "amount", cents);
    money(out, "tax", cents / 5);
    money(out, "discount", random.nextInt(3) == 0 ? cents / 20 : 0);
    out.append(",\"items\":").append(1 + random.nextInt(12));
    out.append(",\"weight_grams\":").append(50L + random.nextInt(30_000));
    out.append(",\"express\":").append(random.nextInt(5) == 0);
    if (random.nextInt(3) == 0) {
      text(out.append(','), "coupon", "WELCOME-" + random.nextInt(1000));
    } else {
      out.append(",\"coupon\":null");
    }
    text(out.append(','), "payment", PAYMENTS[random.nextInt(PAYMENTS.length)]);
    text(out.append(','), "user_agent", AGENTS[random.nextInt(AGENTS.length)]);
    text(out.append(','), "note", note());
    index++;
    return new OutgoingRecord(
        customer.getBytes(US_ASCII),
        out.append('}').toString().getBytes(US_ASCII),
        RecordClass.GOOD);
  }

  private long time() {
    return startMillis + index * stepMillis;
  }

  private String hex() {
    return String.format("%08x", random.nextInt());
  }

  private String note() {
    StringBuilder note = new StringBuilder();
    int words = 6 + random.nextInt(7);
    for (int i = 0; i < words; i++) {
      note.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return note.toString();
  }

  private static void text(StringBuilder out, String name, String value) {
    out.append('"').append(name).append("\":\"").append(value).append('"');
  }

  private static void money(StringBuilder out, String name, int cents) {
    out.append(",\"").append(name).append("\":").append(cents / 100.0);
  }
}
