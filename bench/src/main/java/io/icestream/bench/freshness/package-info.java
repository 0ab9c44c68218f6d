/**
 * How long it takes from a record's way to Kafka until a table that is loaded afresh has its row,
 * at a steady pace that does not wait for the pipeline.
 */
package io.icestream.bench.freshness;
