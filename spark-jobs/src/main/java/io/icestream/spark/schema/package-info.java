/**
 * Columns and how they change. Pure values: which changes every Iceberg table can follow, what
 * columns look like after one, and what sets two sets of columns apart. May not: know formats,
 * tables or sessions.
 */
package io.icestream.spark.schema;
