/**
 * The Kafka client: built once from {@code ProducerSettings}, sends an iterator of records to one
 * topic and accounts for each of them. Knows nothing of where records come from or what is in them.
 *
 * <p>Kafka's exceptions end here: what leaves this package is a {@code ProducerException} in the
 * user's words.
 */
package io.icestream.producers.kafka;
