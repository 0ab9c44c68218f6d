/* SPDX-License-Identifier: MIT */
/**
 * Rows of a batch that are worked out once and read several times.
 *
 * <p>May not know what the rows mean.
 */
package io.icestream.spark.kept;
