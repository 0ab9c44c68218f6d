/* SPDX-License-Identifier: MIT */

/**
 * How the rows of a step get into the tables of a sink: one class per mode, which says the columns
 * of the table, the rows that an empty one would get, and what a batch or a replay commits. Reads
 * the sinks' tables; writes them through {@code commit} alone.
 */
package io.icestream.spark.sink;
