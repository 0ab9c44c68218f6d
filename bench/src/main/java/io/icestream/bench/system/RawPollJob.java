/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import java.nio.file.Path;

/** Fetches a topic. */
final class RawPollJob {
  private RawPollJob() {}

  public static void main(String[] arguments) {
    JobFile job = JobFile.read(Path.of(arguments[0]));
    TopicReader.read(job, job.number("rows"), records -> {});
  }
}
