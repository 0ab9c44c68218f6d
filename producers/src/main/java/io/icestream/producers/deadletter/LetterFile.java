/* SPDX-License-Identifier: MIT */
package io.icestream.producers.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.producers.ProducerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Keeps letters in a file, one JSON object per line, as {@link SqsDeadLetters} sends them. The file
 * is made with the first letter. Thread-safe.
 */
public final class LetterFile implements DeadLetters {

  private final Path file;

  public LetterFile(Path file) {
    this.file = file;
  }

  @Override
  public synchronized void keep(List<DeadLetter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    try {
      Path unused =
          Files.write(
              file,
              letters.stream().map(LetterJson::of).toList(),
              UTF_8,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new ProducerException(
          "Dead letters cannot be written to "
              + file
              + " ("
              + e.getMessage()
              + "): check that its folder exists and can be written to.",
          e);
    }
  }
}
