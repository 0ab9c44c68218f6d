/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import io.icestream.producers.ProducerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Keeps a state in a file, which is replaced as a whole. */
final class StateFile implements StateStore {

  private final Path file;

  StateFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public Optional<PollState> load() {
    try {
      return Files.exists(file)
          ? Optional.of(PollState.of(Files.readString(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  @Override
  public void save(PollState state) {
    try {
      Path folder = Files.createDirectories(file.getParent());
      Path next = Files.createTempFile(folder, file.getFileName().toString(), ".new");
      Path written = Files.writeString(next, state.text());
      Path unused =
          Files.move(
              written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure("written", e);
    }
  }

  private ProducerException failure(String what, IOException cause) {
    return new ProducerException(
        "State " + file + " cannot be " + what + " (" + cause.getMessage() + ").", cause);
  }
}
