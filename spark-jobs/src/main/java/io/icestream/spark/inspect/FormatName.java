/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.FormatDefinition;
import java.util.Locale;

/** What people call a format. */
final class FormatName {
  private FormatName() {}

  /** As {@code type} has it, with the named pattern of a text format. */
  static String of(FormatDefinition format) {
    String name = format.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return format instanceof FormatDefinition.Text text && text.pattern().isPresent()
        ? name + " " + text.pattern().get().name().toLowerCase(Locale.ROOT)
        : name;
  }
}
