/* SPDX-License-Identifier: MIT */
package io.icestream.producers.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.producers.ProducerException;
import io.icestream.producers.record.RecordClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineRecordsTest {

  @TempDir private Path directory;

  @Test
  void takesOneRecordPerLineWithoutKey() throws IOException {
    // given
    var file = file("lines.txt", "first\nsecond\n".getBytes(UTF_8));

    // when
    try (var lines = LineRecords.open(file)) {
      var first = lines.next();
      var second = lines.next();

      // then
      assertThat(first.key()).isNull();
      assertThat(first.recordClass()).isEqualTo(RecordClass.GOOD);
      assertThat(first.value()).asString(UTF_8).isEqualTo("first");
      assertThat(second.value()).asString(UTF_8).isEqualTo("second");
      assertThat(lines.hasNext()).isFalse();
      assertThatThrownBy(lines::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void dropsEitherLineEndAndNothingElse() throws IOException {
    // given a lone carriage return, one before the end of the file, and a line without end
    var file = file("mixed.txt", "a\r\nb\rc\nd\r\r\n e \r".getBytes(UTF_8));

    // when
    var values = values(file);

    // then
    assertThat(values).containsExactly("a", "b\rc", "d\r", " e \r");
  }

  @Test
  void keepsBytesThatAreNoUtf8() throws IOException {
    // given
    byte[] bytes = {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0xC3, '\n', (byte) 0x80};
    var file = file("binary.txt", bytes);

    // when
    try (var lines = LineRecords.open(file)) {
      // then
      assertThat(lines.next().value()).isEqualTo(Arrays.copyOf(bytes, 4));
      assertThat(lines.next().value()).isEqualTo(new byte[] {(byte) 0x80});
    }
  }

  @Test
  void unpacksGzipWhateverItsName() throws IOException {
    // given two members, as appending to a gzip file makes them
    var packed = new ByteArrayOutputStream();
    packed.write(gzip("one\r\n"));
    packed.write(gzip("two\n"));
    var file = file("plain.log", packed.toByteArray());

    // when
    var values = values(file);

    // then
    assertThat(values).containsExactly("one", "two");
  }

  @Test
  void skipsAndCountsEmptyLines() throws IOException {
    // given
    var file = file("gaps.txt", "\na\n\r\n\nb\n\n".getBytes(UTF_8));

    // when
    try (var lines = LineRecords.open(file)) {
      List<String> values = new ArrayList<>();
      lines.forEachRemaining(line -> values.add(new String(line.value(), UTF_8)));

      // then
      assertThat(values).containsExactly("a", "b");
      assertThat(lines.skipped()).isEqualTo(4);
    }
  }

  @Test
  void readsLinesLongerThanItsBuffer() throws IOException {
    // given
    var file = file("long.txt", ("x".repeat(200_000) + "\ny\n").getBytes(UTF_8));

    // when
    var values = values(file);

    // then
    assertThat(values).extracting(String::length).containsExactly(200_000, 1);
  }

  @Test
  void findsNothingInAnEmptyFile() throws IOException {
    assertThat(values(file("empty.txt", new byte[0]))).isEmpty();
  }

  @Test
  void saysThatAFileIsMissing() {
    // given
    var missing = directory.resolve("missing.log");

    // then
    assertThatThrownBy(() -> LineRecords.open(missing))
        .isInstanceOf(ProducerException.class)
        .hasMessage("File " + missing + " does not exist: give the path of a text or gzip file.");
  }

  @Test
  void refusesADirectory() {
    assertThatThrownBy(() -> LineRecords.open(directory))
        .isInstanceOf(ProducerException.class)
        .hasMessage(directory + " is a directory: give the path of one file in it.");
  }

  @Test
  void saysThatGzipDataIsCutOff() throws IOException {
    // given
    byte[] whole = gzip("some text that is long enough to be cut\n".repeat(50));
    var file = file("cut.gz", Arrays.copyOf(whole, whole.length - 12));

    // when
    try (var lines = LineRecords.open(file)) {
      // then
      assertThatThrownBy(() -> lines.forEachRemaining(line -> {}))
          .isInstanceOf(ProducerException.class)
          .hasMessageStartingWith("Cannot read on in " + file)
          .hasMessageEndingWith("Check that the file is whole.");
    }
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private static List<String> values(Path file) throws IOException {
    List<String> values = new ArrayList<>();
    try (var lines = LineRecords.open(file)) {
      lines.forEachRemaining(line -> values.add(new String(line.value(), ISO_8859_1)));
    }
    return values;
  }

  private static byte[] gzip(String text) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
