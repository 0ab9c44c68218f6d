/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import java.nio.file.Path;

/** A pipeline file is right, but cannot be deployed. The message names the file and the remedy. */
public final class UnfitPipelineException extends RuntimeException {
  /**
   * @param file the pipeline file
   * @param message what is in the way, and the remedy
   */
  public UnfitPipelineException(Path file, String message) {
    super(file + ": " + message);
  }
}
