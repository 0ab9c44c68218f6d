/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Keys and values as a properties file that {@link java.util.Properties} reads back in any encoding
 * and that people and shell scripts can read too: only what has to be escaped is.
 */
final class PropertiesText {

  private static final int LAST_ASCII = 0x7e;

  private PropertiesText() {}

  /**
   * Replaces the file in one step, so that a reader meets the old content or the new.
   *
   * @param entries written in iteration order; keys are plain words with dots, values one line
   * @throws StackException if the file cannot be written
   */
  static void write(Path file, Map<String, String> entries) {
    StringBuilder text = new StringBuilder();
    entries.forEach(
        (key, value) -> text.append(key).append('=').append(escaped(value)).append('\n'));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, text, StandardCharsets.US_ASCII);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StackException(
          "Cannot write " + file + " (" + e + "); check the directory's owner and free space", e);
    }
  }

  /**
   * Reads a file of that form.
   *
   * @return no entries if there is no such file
   * @throws StackException if it cannot be read
   */
  static Properties read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new StackException("Cannot read " + file + " (" + e + "); delete it by hand", e);
    }
    return properties;
  }

  private static String escaped(String value) {
    StringBuilder text = new StringBuilder(value.length());
    value.chars().forEach(c -> text.append(escaped(c)));
    return text.toString();
  }

  private static String escaped(int c) {
    if (c == '\\') {
      return "\\\\";
    }
    return c >= ' ' && c <= LAST_ASCII
        ? Character.toString(c)
        : String.format(Locale.ROOT, "\\u%04x", c);
  }
}
