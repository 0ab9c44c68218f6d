/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Encoding;
import io.icestream.spark.plan.SourcePlan;
import java.util.ArrayList;
import java.util.List;

/** Raw values that have to be text, judged by the JDK's strict reader of UTF-8. */
final class HostileText implements HostileFormat {
  private static final String SAMPLE = "K\u00f6ln \u20ac \uD83D\uDE00";

  @Override
  public SourcePlan plan() {
    return HostileFormat.plan(
        new FormatDefinition.Raw(Encoding.TEXT), RawDecoder.columns(Encoding.TEXT));
  }

  @Override
  public List<HostileInput> inputs() {
    List<HostileInput> inputs = new ArrayList<>();
    inputs.add(HostileInput.rejected("a tombstone", (byte[]) null, "empty_payload"));
    Damage.cuts(SAMPLE).forEach((name, bytes) -> inputs.add(judged(name, bytes)));
    Damage.strayBytes(SAMPLE).forEach((name, bytes) -> inputs.add(judged(name, bytes)));
    Damage.encodings(SAMPLE.substring(0, 4))
        .forEach((name, bytes) -> inputs.add(judged(name, bytes)));
    Damage.wrongSequences()
        .forEach(
            (name, bytes) ->
                inputs.add(
                    HostileInput.rejected(name, Damage.with("a@", bytes), "malformed_text")));
    for (String text :
        List.of(
            "", "\u0000", "\r\n", "\uFEFF", "\uFFFE\uFFFF", "x".repeat(1 << 20), "\uDBFF\uDFFF")) {
      inputs.add(judged("a text", text.getBytes(UTF_8)));
    }
    return inputs;
  }

  private static HostileInput judged(String name, byte[] payload) {
    return HostileInput.judged(name, payload, Damage.utf8(payload).map(List::of));
  }
}
