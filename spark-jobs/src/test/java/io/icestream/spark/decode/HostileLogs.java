/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Pattern;
import io.icestream.spark.plan.SourcePlan;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/** Bad lines of access logs, judged by a regular expression of the JDK. */
final class HostileLogs implements HostileFormat {
  private static final String SAMPLE =
      "83.149.9.216 - ann [17/May/2015:10:05:03 +0200] \"GET /k\u00f6ln?x=1 HTTP/1.1\" 200 2326"
          + " \"http://example.org/a\" \"Mozilla/5.0 (X11; \u00e4)\"";
  private static final String QUOTED = "\"((?:[^\"\\\\]++|\\\\.)*)\"";
  private static final java.util.regex.Pattern LINE =
      java.util.regex.Pattern.compile(
          "([^ ]+) ([^ ]+) ([^ ]+) \\[([^\\]]*)\\] "
              + QUOTED
              + " ([0-9]{3}) ([0-9]+|-) "
              + QUOTED
              + " \"((?:[^\"\\\\]++|\\\\.)*)(?:\"|\\\\?$)",
          java.util.regex.Pattern.DOTALL);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss xx", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final LogEscapes escapes;

  HostileLogs(LogEscapes escapes) {
    this.escapes = escapes;
  }

  @Override
  public SourcePlan plan() {
    Pattern pattern =
        escapes == LogEscapes.APACHE ? Pattern.APACHE_COMBINED : Pattern.NGINX_COMBINED;
    return HostileFormat.plan(
        new FormatDefinition.Text(Optional.of(pattern), Optional.empty(), Optional.empty()),
        CombinedLogDecoder.COLUMNS);
  }

  @Override
  public List<HostileInput> inputs() {
    List<HostileInput> inputs = new ArrayList<>();
    inputs.add(judged("a good line", SAMPLE.getBytes(UTF_8)));
    Damage.cuts(SAMPLE).forEach((name, bytes) -> inputs.add(judged(name, bytes)));
    Damage.strayBytes(SAMPLE).forEach((name, bytes) -> inputs.add(judged(name, bytes)));
    Damage.encodings(SAMPLE)
        .forEach((n, bytes) -> inputs.add(HostileInput.rejected(n, bytes, "malformed_log_line")));
    Damage.wrongSequences()
        .forEach(
            (name, bytes) ->
                inputs.add(
                    HostileInput.rejected(
                        name,
                        Damage.with(SAMPLE.replace("/a", "/@"), bytes),
                        "malformed_log_line")));
    for (String empty : List.of("", "\n", "\r\n")) {
      inputs.add(HostileInput.rejected("empty", empty, "empty_payload"));
    }
    for (String status :
        List.of("-", "20", "2000", "+20", "2e2", "99999999999", "\u0662\u0660\u0660")) {
      inputs.add(
          judged("status " + status, SAMPLE.replace(" 200 ", " " + status + " ").getBytes(UTF_8)));
    }
    for (String bytes :
        List.of(
            "-",
            "0",
            "-1",
            "+1",
            "1.5",
            "9223372036854775807",
            "9223372036854775808",
            "9".repeat(400),
            "0x10")) {
      inputs.add(
          judged("bytes " + bytes, SAMPLE.replace(" 2326 ", " " + bytes + " ").getBytes(UTF_8)));
    }
    for (String time :
        List.of(
            "31/Feb/2015:10:05:03 +0000",
            "17/may/2015:10:05:03 +0000",
            "17/Mai/2015:10:05:03 +0000",
            "17/May/2015:24:00:00 +0000",
            "17/May/2015:23:59:60 +0000",
            "17/May/2015:10:05:03 +1800",
            "17/May/2015:10:05:03 +1801",
            "17/May/2015:10:05:03 -0330",
            "17/May/2015:10:05:03",
            "17/May/15:10:05:03 +0000",
            "29/Feb/2016:00:00:00 +0000",
            "29/Feb/2015:00:00:00 +0000",
            "17/ayJ/2015:10:05:03 +0000",
            "",
            "-",
            "17/May/0000:10:05:03 +0000",
            "17/May/9999:23:59:59 -1200",
            "17/05/2015:10:05:03 +0000")) {
      inputs.add(
          judged(
              "time " + time, SAMPLE.replaceFirst("\\[.*\\]", "[" + time + "]").getBytes(UTF_8)));
    }
    String mega = "x".repeat(1 << 20);
    inputs.add(judged("an agent of 1 MiB", SAMPLE.replace("X11", mega).getBytes(UTF_8)));
    inputs.add(judged("a target of 1 MiB", SAMPLE.replace("x=1", mega).getBytes(UTF_8)));
    inputs.add(
        judged("1,000 backslashes", SAMPLE.replace("x=1", "\\".repeat(1_000)).getBytes(UTF_8)));
    inputs.add(HostileInput.rejected("one word of 1 MiB", mega, "malformed_log_line"));
    inputs.add(HostileInput.rejected("two lines", SAMPLE + "\n" + SAMPLE, "malformed_log_line"));
    inputs.add(
        HostileInput.rejected(
            "a line break inside", SAMPLE.replace("X11", "X\r11"), "malformed_log_line"));
    inputs.add(
        HostileInput.rejected("JSON", "{\"remote_addr\":\"1.1.1.1\"}", "malformed_log_line"));
    return inputs;
  }

  private HostileInput judged(String name, byte[] payload) {
    return HostileInput.judged(name, payload, Damage.utf8(payload).flatMap(this::values));
  }

  private Optional<List<Object>> values(String payload) {
    String line = payload.replaceFirst("\r?\n$", "");
    Matcher m = LINE.matcher(line);
    if (line.contains("\n") || line.contains("\r") || !m.matches() || m.group(1).equals("-")) {
      return Optional.empty();
    }
    try {
      String request = unescaped(m.group(5));
      Matcher words =
          java.util.regex.Pattern.compile("(?s)([^ ]+) (.*) ([^ ]*)")
              .matcher(request == null ? "" : request);
      boolean three = words.matches();
      return Optional.of(
          Arrays.asList(
              m.group(1),
              orNull(m.group(2)),
              orNull(m.group(3)),
              ZonedDateTime.parse(m.group(4), TIME).toEpochSecond() * 1_000_000,
              three ? words.group(1) : null,
              three ? words.group(2) : request,
              three ? words.group(3) : null,
              Integer.parseInt(m.group(6)),
              m.group(7).equals("-") ? null : Long.valueOf(m.group(7)),
              unescaped(m.group(8)),
              unescaped(
                  line.endsWith("\\") && !line.endsWith("\"")
                      ? line.substring(m.start(9))
                      : m.group(9))));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private String unescaped(String field) {
    return escapes == LogEscapes.APACHE
        ? orNull(field) == null ? null : field.replaceAll("(?s)\\\\([\"\\\\])", "$1")
        : orNull(field); // the sample has no \xHH, and no damage makes one
  }

  private static String orNull(String word) {
    return word.equals("-") ? null : word;
  }
}
