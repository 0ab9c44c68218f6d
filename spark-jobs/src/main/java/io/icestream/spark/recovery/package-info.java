/**
 * What to do if a checkpoint is lost, damaged or not the tables', or if Kafka no longer has what a
 * pipeline has to read next.
 *
 * <p>Tables are the truth, a checkpoint is a cache: everything here is decided from the ends of the
 * tables, the state of the checkpoint and the offsets of the topic, as plain values. May not: read
 * or write anything.
 */
package io.icestream.spark.recovery;
