/**
 * Kafka: the only package that reads a stream.
 *
 * <p>Gives {@code query} a dataset of raw records with key, value, headers and position, and tells
 * before the start whether the topic is there. May not: decode, write.
 */
package io.icestream.spark.source;
