/* SPDX-License-Identifier: MIT */
/**
 * The deterministic layer: each combination of a crash point, a sink mode, a number of sinks and a
 * kind of restart, one after the other in this JVM, against a real broker.
 */
package io.icestream.faults.layer1;
