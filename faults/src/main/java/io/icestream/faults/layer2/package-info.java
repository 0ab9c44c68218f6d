/* SPDX-License-Identifier: MIT */
/**
 * The second layer: real processes, which are killed, paused and doubled while records flow, and
 * whose servers fail.
 */
package io.icestream.faults.layer2;
