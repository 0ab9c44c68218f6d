/**
 * Measures what it costs to bring records from Kafka to Iceberg, with Icestream and with others, on
 * the same broker and the same store. {@code workload} makes the records, {@code lake} is the store
 * and looks at what arrived, {@code process} measures a process, {@code system} knows how each
 * system is started, {@code report} compares. {@link io.icestream.bench.Benchmark} puts them
 * together.
 */
package io.icestream.bench;
