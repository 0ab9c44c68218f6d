/* SPDX-License-Identifier: MIT */
package io.icestream.producers.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.producers.ProducerException;
import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerFileTest {

  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("new/ledger.tsv");
  }

  @Test
  void writesAHeaderAndALinePerRecord() throws IOException {
    // when
    try (var ledger = ProductionLedger.toFile(file)) {
      ledger.add("iot.readings", 2, 17, sent("dev 1\t", RecordClass.GOOD));
      ledger.add("iot.readings", -1, -1, sent(null, RecordClass.OUT_OF_RANGE));
    }

    // then
    assertThat(file)
        .hasContent(
            "topic\tpartition\toffset\tkey\tsha256\tclass\n"
                + ("iot.readings\t2\t17\tdev%201%09\t" + ABC + "\tgood\n")
                + ("iot.readings\t-1\t-1\t-\t" + ABC + "\tout_of_range\n"));
  }

  @Test
  void readsWhatItWrote() {
    // given
    try (var ledger = ProductionLedger.toFile(file)) {
      ledger.add("t", 0, 5, sent("k", RecordClass.LATE));
      ledger.add("t", -1, -1, sent(null, RecordClass.DUPLICATE));
    }

    // when
    var lines = lines();

    // then
    assertThat(lines)
        .containsExactly(
            new LedgerLine("t", 0, 5, "k", ABC, RecordClass.LATE),
            new LedgerLine("t", -1, -1, "-", ABC, RecordClass.DUPLICATE));
    assertThat(lines).extracting(LedgerLine::acknowledged).containsExactly(true, false);
    assertThat(lines.get(1).keyBytes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "--", "dev-0001", "%2D", "a b\tc\nd", "grün", "\u0000\u007f"})
  void keepsTheBytesOfAnyKey(String key) {
    // given
    try (var ledger = ProductionLedger.toFile(file)) {
      ledger.add("t", 0, 0, sent(key, RecordClass.GOOD));
    }

    // when
    var line = lines().get(0);

    // then
    assertThat(line.keyBytes())
        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(key.getBytes(UTF_8)));
  }

  @Test
  void appendsWithoutASecondHeader() throws IOException {
    // given
    for (int run = 0; run < 2; run++) {
      try (var ledger = ProductionLedger.toFile(file)) {
        ledger.add("t", 0, run, sent("k", RecordClass.GOOD));
      }
    }

    // when
    var lines = lines();

    // then
    assertThat(lines).extracting(LedgerLine::offset).containsExactly(0L, 1L);
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void takesLinesFromSeveralThreads() throws InterruptedException {
    // given
    try (var ledger = ProductionLedger.toFile(file)) {
      Runnable work =
          () -> {
            for (int i = 0; i < 5000; i++) {
              ledger.add("t", 0, i, sent("k", RecordClass.GOOD));
            }
          };
      var other = new Thread(work);

      // when
      other.start();
      work.run();
      other.join();
    }

    // then
    assertThat(lines()).hasSize(10_000).extracting(LedgerLine::sha256).containsOnly(ABC);
  }

  @Test
  void refusesToAppendToAnotherKindOfFile() throws IOException {
    // given
    var notes = Files.writeString(directory.resolve("notes.txt"), "my notes\n");

    // then
    assertThatThrownBy(() -> ProductionLedger.toFile(notes))
        .isInstanceOf(ProducerException.class)
        .hasMessage(
            "File "
                + notes
                + " is not a ledger: its first line is not the ledger's header. Give another path.");
    assertThat(notes).hasContent("my notes\n");
  }

  @Test
  void refusesToAppendToATornLine() throws IOException {
    // given
    var torn = Files.writeString(directory.resolve("torn.tsv"), LedgerLine.HEADER + "\nt\t0\t1");

    // then
    assertThatThrownBy(() -> ProductionLedger.toFile(torn))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("ends in the middle of a line");
  }

  @Test
  void namesTheLineThatIsDamaged() throws IOException {
    // given
    var damaged =
        Files.writeString(
            directory.resolve("damaged.tsv"),
            LedgerLine.HEADER
                + "\nt\t0\t1\tk\t"
                + ABC
                + "\tgood\nt\t0\t2\tk\t"
                + ABC
                + "\tgreat\n");

    // when
    try (var lines = LedgerFile.read(damaged)) {
      // then
      assertThatThrownBy(lines::toList)
          .isInstanceOf(ProducerException.class)
          .hasMessageStartingWith("Line 3 of ledger " + damaged + " is not a ledger line");
    }
  }

  @Test
  void saysThatALedgerIsMissing() {
    assertThatThrownBy(() -> LedgerFile.read(file))
        .isInstanceOf(ProducerException.class)
        .hasMessageStartingWith("Ledger " + file + " cannot be read");
  }

  @Test
  void refusesLinesAfterItIsClosed() {
    // given
    var ledger = ProductionLedger.toFile(file);
    ledger.close();

    // when a second close comes, nothing happens
    ledger.close();

    // then
    assertThatThrownBy(() -> ledger.add("t", 0, 0, sent("k", RecordClass.GOOD)))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("is closed");
  }

  private List<LedgerLine> lines() {
    try (var lines = LedgerFile.read(file)) {
      return lines.toList();
    }
  }

  private static OutgoingRecord sent(String key, RecordClass recordClass) {
    return new OutgoingRecord(
        key == null ? null : key.getBytes(UTF_8), "abc".getBytes(UTF_8), recordClass);
  }
}
