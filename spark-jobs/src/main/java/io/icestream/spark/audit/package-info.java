/**
 * What the tables themselves say about the batches that were committed to them.
 *
 * <p>Lives here: the check of the chain of markers and of their ledgers. Everything is told from
 * the tables, nothing from counters of a running job. May not: write, read Kafka.
 */
package io.icestream.spark.audit;
