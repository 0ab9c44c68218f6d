/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import picocli.CommandLine.Command;

/** The commands about a pipeline's quarantined rows. */
@Command(
    name = "quarantine",
    description = "See the rows that a pipeline has rejected, and replay them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QuarantineListCommand.class,
      QuarantineShowCommand.class,
      QuarantineReplayCommand.class
    })
final class QuarantineCommand {}
