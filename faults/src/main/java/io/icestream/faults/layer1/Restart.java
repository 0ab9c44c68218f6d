/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import java.util.Locale;

/** What happens between the crash and the next start. */
enum Restart {
  /** Nothing. */
  PLAIN,
  /** The checkpoint folder is deleted. */
  CHECKPOINT_LOST,
  /** All tables are compacted, and all their snapshots but the newest are expired. */
  COMPACTED;

  /** The name in combinations. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
