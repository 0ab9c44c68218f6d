/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

/**
 * A number that is computed twice.
 *
 * @param measure what was measured
 * @param item of what; empty if of everything
 * @param n the number
 */
record Measure(String measure, String item, long n) {}
