/* SPDX-License-Identifier: MIT */
/**
 * The {@code icestream} command: one class per subcommand, and what all of them share of options,
 * output and errors.
 *
 * <p>A subcommand reads its options, calls a module below and prints. Data goes to standard output,
 * everything else to standard error. Logic that another module could own may not live here.
 */
package io.icestream.cli;
