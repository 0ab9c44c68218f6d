/* SPDX-License-Identifier: MIT */
/**
 * Keeps tables fit while a pipeline commits to them, beside its commits and never in their way.
 *
 * <p>May not change rows.
 */
package io.icestream.spark.maintenance;
