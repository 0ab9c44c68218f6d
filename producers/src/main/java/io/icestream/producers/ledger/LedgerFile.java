/* SPDX-License-Identifier: MIT */
package io.icestream.producers.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.producers.ProducerException;
import io.icestream.producers.record.OutgoingRecord;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A ledger in a tab-separated UTF-8 file with the header {@code topic partition offset key sha256
 * class}. Lines come in the order of acknowledgement. Writes are buffered and become durable on
 * close: lines of a process that was killed may be missing.
 */
public final class LedgerFile implements ProductionLedger {

  private static final HexFormat HEX = HexFormat.of();
  private static final int BUFFER = 64 << 10;

  private final Path file;
  private final FileChannel channel;
  private final OutputStream output;
  private final MessageDigest sha256 = newSha256();
  private boolean closed;

  private LedgerFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    this.output = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  static LedgerFile append(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      boolean fresh = !Files.exists(file) || Files.size(file) == 0;
      if (!fresh) {
        checkAppendable(file);
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      LedgerFile ledger = new LedgerFile(file, channel);
      if (fresh) {
        ledger.write(LedgerLine.HEADER);
      }
      return ledger;
    } catch (IOException e) {
      throw new ProducerException(
          "Ledger "
              + file
              + " cannot be written ("
              + e
              + "): give the path of a file in a directory that you may write to.",
          e);
    }
  }

  /**
   * The lines of a ledger in the file's order. The stream reads lazily and has to be closed.
   *
   * @throws ProducerException at once if the file cannot be read or is no ledger; from the stream
   *     if a line is damaged
   */
  @SuppressWarnings("StreamResourceLeak")
  public static Stream<LedgerLine> read(Path file) {
    try {
      requireHeader(file);
      AtomicLong number = new AtomicLong(1);
      return Files.lines(file).skip(1).map(text -> parse(file, number.incrementAndGet(), text));
    } catch (IOException e) {
      throw new ProducerException(
          "Ledger " + file + " cannot be read (" + e + "): give the path of a ledger file.", e);
    }
  }

  @Override
  public synchronized void add(String topic, int partition, long offset, OutgoingRecord record) {
    if (closed) {
      throw new ProducerException(
          "Ledger " + file + " is closed: keep it open until all records are acknowledged.");
    }
    String digest = HEX.formatHex(sha256.digest(record.value()));
    try {
      write(LedgerLine.of(topic, partition, offset, record, digest).text());
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (channel) {
      output.flush();
      channel.force(true);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private void write(String text) throws IOException {
    output.write(text.getBytes(UTF_8));
    output.write('\n');
  }

  private ProducerException lost(IOException cause) {
    return new ProducerException(
        "Ledger "
            + file
            + " cannot be written ("
            + cause
            + ") and is incomplete: make room on the disk and produce again to a new topic.",
        cause);
  }

  private static LedgerLine parse(Path file, long number, String text) {
    return LedgerLine.parse(text)
        .orElseThrow(
            () ->
                new ProducerException(
                    "Line "
                        + number
                        + " of ledger "
                        + file
                        + " is not a ledger line: the file was changed or its writer was killed."));
  }

  private static void checkAppendable(Path file) throws IOException {
    requireHeader(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      int read = channel.read(last, channel.size() - 1);
      if (read != 1 || last.get(0) != '\n') {
        throw new ProducerException(
            "Ledger "
                + file
                + " ends in the middle of a line, as its writer was killed: give another file or delete this one.");
      }
    }
  }

  private static void requireHeader(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, ISO_8859_1)) {
      String first = reader.readLine();
      if (!LedgerLine.HEADER.equals(first)) {
        throw new ProducerException(
            "File "
                + file
                + " is not a ledger: its first line is not the ledger's header. Give another path.");
      }
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
