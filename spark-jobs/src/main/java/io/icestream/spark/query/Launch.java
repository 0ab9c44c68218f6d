/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

/**
 * What surrounds a pipeline that runs.
 *
 * @param version version of the code, for markers
 * @param recover the command that recovers the pipeline, for messages
 * @param listener is told how the pipeline goes on; closed when it has ended
 */
public record Launch(String version, String recover, BatchListener listener) {}
