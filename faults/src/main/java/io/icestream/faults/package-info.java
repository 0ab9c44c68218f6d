/* SPDX-License-Identifier: MIT */
/**
 * Shows that no row is lost or repeated, whatever crashes: makes faults, starts the pipeline again,
 * and recounts everything. {@code inject} makes drivers crash, {@code lake} reads what they left,
 * {@code oracle} judges it, {@code layer1} runs all combinations in one process.
 */
package io.icestream.faults;
