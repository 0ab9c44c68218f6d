/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

/** What the command's exit code tells a script. */
final class ExitCodes {

  static final int OK = 0;

  /** Something went wrong that is not a mistake in the command line. */
  static final int FAILURE = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** {@code plan} found something to do; the same number as {@link #USAGE}, as others have it. */
  static final int CHANGES = 2;

  /** {@code status} found a server that does not run. */
  static final int NOT_RUNNING = 3;

  /** {@code ledger} found a batch that is missing, twice or not accounted for. */
  static final int BROKEN_LEDGER = 76;

  /** The command was given a pipeline file with errors. */
  static final int PIPELINE_FILE = 78;

  private ExitCodes() {}
}
