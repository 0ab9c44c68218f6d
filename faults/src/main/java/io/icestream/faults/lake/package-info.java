/* SPDX-License-Identifier: MIT */
/**
 * What tables hold and which files they need, read with Iceberg alone: neither Spark nor any class
 * of the pipeline takes part, so that a fault of theirs does not hide itself.
 */
package io.icestream.faults.lake;
