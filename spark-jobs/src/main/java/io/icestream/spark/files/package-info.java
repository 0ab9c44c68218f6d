/* SPDX-License-Identifier: MIT */
/**
 * Rows to data files. They belong to no table until they are committed, and whoever has them
 * written deletes them if that does not happen.
 *
 * <p>May not commit, and may not know sinks or batches.
 */
package io.icestream.spark.files;
