/* SPDX-License-Identifier: MIT */
package io.icestream.job;

/**
 * A run of the job that has ended.
 *
 * @param exitCode its exit code
 * @param log what it wrote
 * @param classes which classes it loaded
 */
record JobRun(int exitCode, String log, LoadedClasses classes) {}
