/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static io.icestream.spark.decode.AvroFixtures.bytes;
import static io.icestream.spark.decode.AvroFixtures.confluent;
import static io.icestream.spark.decode.AvroFixtures.glue;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.registry.SchemaId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final UUID ID = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");
  private static final byte[] VALUE = "value".getBytes(UTF_8);

  @Test
  void aValueWithoutAFramingIsThePayload() throws Rejection {
    // when
    var frame = Frame.of(Framing.NONE, VALUE);

    // then
    assertThat(frame.schema()).isEmpty();
    assertThat(frame.bytes()).isEqualTo(VALUE);
  }

  @Test
  void takesConfluentsHeaderOff() throws Rejection {
    // when
    var frame = Frame.of(Framing.CONFLUENT, confluent(0x01020304, VALUE));

    // then
    assertThat(frame.schema()).contains(new SchemaId.Numbered(0x01020304));
    assertThat(frame.bytes()).isEqualTo(VALUE);
  }

  @Test
  void takesGluesHeaderOff() throws Rejection {
    for (var payload : List.of(glue(ID, 0, VALUE), glue(ID, 5, zlib(VALUE)))) {
      // when
      var frame = Frame.of(Framing.GLUE, payload);

      // then
      assertThat(frame.schema()).contains(new SchemaId.Version(ID));
      assertThat(frame.bytes()).isEqualTo(VALUE);
    }
  }

  @Test
  void rejectsWhatIsNoHeader() {
    assertThat(rejection(Framing.CONFLUENT, "{\"a\": 1}".getBytes(UTF_8)))
        .isEqualTo("malformed_framing: First byte is 0x7b; framing confluent has 0x00");
    assertThat(rejection(Framing.CONFLUENT, bytes(0, 0, 0, 1)))
        .isEqualTo(
            "malformed_framing: The payload has 4 bytes; the header of framing confluent alone has"
                + " 5");
    assertThat(rejection(Framing.GLUE, bytes(0, 0, 0, 0, 1, 2)))
        .isEqualTo("malformed_framing: First byte is 0x00; framing glue has 0x03");
    assertThat(rejection(Framing.GLUE, Arrays.copyOf(glue(ID, 0, VALUE), 17)))
        .isEqualTo(
            "malformed_framing: The payload has 17 bytes; the header of framing glue alone has 18");
    assertThat(rejection(Framing.GLUE, glue(ID, 7, VALUE)))
        .isEqualTo("malformed_framing: Compression byte is 0x07; known are 0x00 and 0x05");
    assertThat(rejection(Framing.GLUE, new byte[0]))
        .isEqualTo("empty_payload: The payload has no content");
  }

  @Test
  void rejectsACompressedValueThatIsBroken() {
    // given
    var compressed = zlib(VALUE);
    var corrupt = compressed.clone();
    corrupt[corrupt.length - 1] ^= 1;

    // when, then
    for (int length = 0; length < compressed.length; length++) {
      assertThat(rejection(Framing.GLUE, glue(ID, 5, Arrays.copyOf(compressed, length))))
          .isEqualTo("malformed_framing: The compressed value is cut off, or needs a dictionary");
    }
    assertThat(rejection(Framing.GLUE, glue(ID, 5, corrupt)))
        .startsWith("malformed_framing: The compressed value is not zlib: ");
    assertThat(
            rejection(Framing.GLUE, glue(ID, 5, Arrays.copyOf(compressed, compressed.length + 1))))
        .isEqualTo("malformed_framing: There is more after the compressed value");
  }

  @Test
  void stopsAtAValueThatGrowsWithoutEnd() {
    // given
    var bomb = glue(ID, 5, zlib(new byte[Frame.LARGEST_VALUE + 1]));
    assertThat(bomb.length).as("bytes that grow to 64 MiB").isLessThan(100_000);

    // when, then
    assertThat(rejection(Framing.GLUE, bomb))
        .isEqualTo("malformed_framing: The compressed value is larger than 67108864 bytes");
  }

  @Test
  void jsonLosesItsHeader() {
    // given
    var columns = new StructType().add("a", DataTypes.IntegerType);
    var decoder =
        new FramedDecoder(Framing.CONFLUENT, new JsonDecoder(columns, UnknownFields.IGNORE));
    var json = "{\"a\": 1}".getBytes(UTF_8);

    // when, then
    assertThat(Decoded.values(decoder, columns, confluent(1, json))).containsExactly(1);
    assertThat(Decoded.rejection(decoder, columns, json)).startsWith("malformed_framing: ");
    assertThat(Decoded.rejection(decoder, columns, confluent(1, new byte[0])))
        .startsWith("empty_payload: ");
  }

  private static String rejection(Framing framing, byte[] payload) {
    var rejection = catchThrowableOfType(Rejection.class, () -> Frame.of(framing, payload));
    assertThat(rejection).as("the payload is rejected").isNotNull();
    return rejection.reason() + ": " + rejection.getMessage();
  }

  private static byte[] zlib(byte[] value) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(bytes)) {
      out.write(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}
