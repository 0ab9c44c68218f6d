/**
 * The account of what was sent: one line per record that Kafka acknowledged or refused, for
 * comparison with what arrived in a table. Knows files and the line format, no Kafka client.
 */
package io.icestream.producers.ledger;
