/**
 * The record that an origin hands to the Kafka client, with its class. No origin, no Kafka type and
 * no IO lives here; every other package may use it.
 */
package io.icestream.producers.record;
