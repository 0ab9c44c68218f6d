/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

/**
 * A server whose process is there.
 *
 * @param kind which server
 * @param file what is written down about the process
 * @param log what it has logged since this command met it
 */
record StartedServer(ServerKind kind, PidFile file, LogTail log) {

  boolean isAlive() {
    return file.process().alive().isPresent();
  }

  boolean answers() {
    return kind.probe().answers(file.port());
  }
}
