/**
 * Failures that users see, each class of them with an exit code. Used by every package, and knows
 * none of them.
 */
package io.icestream.spark.failure;
