/**
 * What is drained: seeded records, their columns, and a checksum of rows that does not depend on
 * their order. Knows no system that is measured.
 */
package io.icestream.bench.workload;
