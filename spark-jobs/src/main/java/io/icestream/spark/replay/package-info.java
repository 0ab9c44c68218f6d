/**
 * Quarantined rows, looked at and replayed through today's pipeline.
 *
 * <p>Takes rows from the quarantine table, runs them through {@code decode}, {@code transform} and
 * {@code expect} as a batch is, and hands them to {@code commit}, which writes each once whatever
 * crashes. May not: read Kafka, write past {@code commit}, know YAML.
 */
package io.icestream.spark.replay;
