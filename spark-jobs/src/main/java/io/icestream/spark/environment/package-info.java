/**
 * Where a pipeline runs: the addresses of Kafka, the catalog and the checkpoints, and the Spark
 * session made of them. Nothing here depends on a pipeline file, nothing in a pipeline file on it.
 */
package io.icestream.spark.environment;
