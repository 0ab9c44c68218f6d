/**
 * Measures what a pipeline does, and publishes it.
 *
 * <p>Lives here: the meters of the catalogue, what feeds them (the ledgers of commits, Spark's
 * listener, Iceberg's reports, looks at the topic and the tables), the registries. May not: hold a
 * batch up, fail a pipeline, be known by anything but the composition.
 */
package io.icestream.spark.metrics;
