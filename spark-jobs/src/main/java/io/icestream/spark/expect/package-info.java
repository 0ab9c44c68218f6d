/**
 * Expectations: one routing column per row.
 *
 * <p>Takes the rows of a row step, gives them back in two parts, accepted and quarantined, and
 * counts both. May not: write.
 */
package io.icestream.spark.expect;
