/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition.Framing;
import org.apache.spark.sql.catalyst.InternalRow;

/** Takes a framing off values that need no registry to be read: JSON names its own fields. */
final class FramedDecoder implements RecordDecoder {
  private final Framing framing;
  private final RecordDecoder decoder;

  FramedDecoder(Framing framing, RecordDecoder decoder) {
    this.framing = framing;
    this.decoder = decoder;
  }

  @Override
  public void report(DriftLog drift) {
    decoder.report(drift);
  }

  @Override
  public void decodeTombstone(InternalRow row) throws Rejection {
    decoder.decodeTombstone(row);
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    decoder.decode(Frame.of(framing, payload).bytes(), row);
  }
}
