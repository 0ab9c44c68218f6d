/* SPDX-License-Identifier: MIT */
/**
 * Pipelines looked at without being run for good: checked, tested on the examples of their file, or
 * tried on a few records.
 *
 * <p>Lives here: what the commands {@code validate}, {@code explain}, {@code test}, {@code dry-run}
 * and {@code plan} tell of a pipeline, as values. Records go through the same {@code decode} and
 * {@code query} as in a run. May not: write rows, create tables, start queries, print.
 */
package io.icestream.spark.inspect;
