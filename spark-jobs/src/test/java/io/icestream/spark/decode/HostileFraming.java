/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.Layout;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.SourcePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Headers of a schema registry, wrong in every way, before a document that is right. */
final class HostileFraming implements HostileFormat {
  private static final String REASON = "malformed_framing: ";
  private static final StructType COLUMNS = StructType.fromDDL("n INT");
  private static final byte[] DOCUMENT = "{\"n\": 1}".getBytes(UTF_8);

  private final Framing framing;
  private final byte[] header;

  HostileFraming(Framing framing) {
    this.framing = framing;
    this.header = new byte[framing == Framing.GLUE ? 18 : 5];
    if (framing == Framing.GLUE) {
      header[0] = 3;
    }
  }

  @Override
  public SourcePlan plan() {
    return HostileFormat.plan(
        new FormatDefinition.Json("n.avsc", UnknownFields.IGNORE, Layout.SINGLE, framing), COLUMNS);
  }

  @Override
  public List<HostileInput> inputs() {
    List<HostileInput> inputs = new ArrayList<>();
    byte[] whole = Damage.joined(header, DOCUMENT);
    inputs.add(HostileInput.accepted("a whole record", whole, List.of(1)));
    inputs.add(HostileInput.rejected("a tombstone", (byte[]) null, "empty_payload"));
    inputs.add(HostileInput.rejected("no bytes", new byte[0], "empty_payload"));
    inputs.add(HostileInput.rejected("nothing behind the header", header, "empty_payload"));
    for (int length = 1; length < header.length; length++) {
      inputs.add(HostileInput.rejected("a cut header", Arrays.copyOf(header, length), REASON));
    }
    for (int value = 0; value < 256; value++) {
      if ((byte) value != header[0]) {
        inputs.add(HostileInput.rejected("another first byte", with(whole, 0, value), REASON));
      }
      boolean known = value == 0 || value == 5;
      if (framing == Framing.GLUE && !known) {
        inputs.add(HostileInput.rejected("another compression", with(whole, 1, value), REASON));
      }
    }
    inputs.add(HostileInput.rejected("no header", DOCUMENT, REASON));
    if (framing == Framing.GLUE) {
      inputs.add(HostileInput.rejected("not compressed", with(whole, 1, 5), REASON));
      inputs.add(HostileInput.rejected("nothing compressed", with(header, 1, 5), REASON));
    }
    for (int length = 1; length < DOCUMENT.length; length++) {
      inputs.add(
          HostileInput.rejected(
              "a cut document", Arrays.copyOf(whole, header.length + length), "malformed_json: "));
    }
    return inputs;
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }
}
