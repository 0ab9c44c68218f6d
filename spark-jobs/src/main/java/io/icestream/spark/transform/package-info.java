/**
 * SQL steps: datasets to datasets, within one batch.
 *
 * <p>Lives here: the dialect (which SQL a step may use), lookups, row steps, which keep the place
 * in Kafka that each row comes from, and window steps, whose aggregates are kept as partial values
 * that can be merged. May not: write, or read anything but lookup tables.
 */
package io.icestream.spark.transform;
