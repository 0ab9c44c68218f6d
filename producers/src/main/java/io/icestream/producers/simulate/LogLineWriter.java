/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.util.Arrays;

/** Writes the lines of {@link WebLogs}. */
final class LogLineWriter implements EventWriter {

  private static final int HOSTS = 20_000;
  private static final String[] USERS = {"frank", "alice", "mallory"};

  private final SeededRandom random;
  private final WebSite site = new WebSite();
  private final Zipf hosts = new Zipf(HOSTS, 0.8);
  private final AsciiBuffer out = new AsciiBuffer();

  LogLineWriter(Simulation simulation) {
    this.random = new SeededRandom(~simulation.seed());
  }

  @Override
  public OutgoingRecord valid(long index, long eventMillis) {
    return line(eventMillis, status());
  }

  @Override
  public OutgoingRecord outOfRange(long index, long eventMillis) {
    return line(eventMillis, random.chance(500) ? "999" : "000");
  }

  @Override
  public OutgoingRecord malformed(long index, long eventMillis) {
    byte[] whole = valid(index, eventMillis).value();
    byte[] damaged =
        switch (random.below(4)) {
          case 0 -> truncated(whole);
          case 1 -> binary();
          case 2 -> json(eventMillis);
          default -> badDate(whole);
        };
    return new OutgoingRecord(null, damaged, RecordClass.MALFORMED);
  }

  private OutgoingRecord line(long eventMillis, String status) {
    out.clear();
    host();
    out.text(" - ").text(random.chance(30) ? random.oneOf(USERS) : "-").text(" [");
    out.apacheTime(eventMillis).text("] \"").text(method()).text(" ").text(site.path(random));
    if (random.chance(150)) {
      out.text("?page=").number(random.below(40)).text("&sort=price");
    }
    out.text(random.chance(700) ? " HTTP/1.1\" " : " HTTP/2.0\" ").text(status).text(" ");
    if (random.chance(60)) {
      out.text("-");
    } else {
      out.number(random.between(120, 1 << random.between(9, 20)));
    }
    String referrer = site.referrer(random);
    out.text(" \"").text(referrer == null ? "-" : referrer);
    out.text("\" \"").text(site.agent(random)).text("\"");
    return new OutgoingRecord(null, out.copy(), RecordClass.GOOD);
  }

  private void host() {
    long address = SeededRandom.mix(hosts.draw(random));
    out.number(1 + (address & 127))
        .text(".")
        .number(address >>> 8 & 255)
        .text(".")
        .number(address >>> 16 & 255)
        .text(".")
        .number(1 + (address >>> 24 & 127));
  }

  private String method() {
    int draw = random.below(1000);
    return draw < 900 ? "GET" : draw < 960 ? "POST" : draw < 990 ? "HEAD" : "OPTIONS";
  }

  private String status() {
    int draw = random.below(1000);
    if (draw < 880) {
      return "200";
    }
    if (draw < 930) {
      return draw < 900 ? "301" : "304";
    }
    return draw < 985 ? "404" : draw < 993 ? "403" : draw < 998 ? "500" : "503";
  }

  /** Cut before the end of the request, so that at least status and size are gone. */
  private byte[] truncated(byte[] whole) {
    int requestStart = new String(whole, ISO_8859_1).indexOf('"');
    return Arrays.copyOf(whole, random.between(1, requestStart + 2));
  }

  /**
   * What a client that speaks TLS to a plain port leaves in the log, as raw bytes without a line
   * end.
   */
  private byte[] binary() {
    byte[] bytes = new byte[random.between(20, 80)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0x80 | random.below(128));
    }
    bytes[0] = 0x16;
    bytes[1] = 0x03;
    return bytes;
  }

  private byte[] json(long eventMillis) {
    return out.clear()
        .text("{\"level\":\"info\",\"time\":\"")
        .isoTime(eventMillis)
        .text("\",\"msg\":\"request served\"}")
        .copy();
  }

  private static byte[] badDate(byte[] whole) {
    String line = new String(whole, ISO_8859_1);
    return (line.substring(0, line.indexOf('['))
            + "[32/Foo/2015:25:61:61 +0000"
            + line.substring(line.indexOf(']')))
        .getBytes(ISO_8859_1);
  }
}
