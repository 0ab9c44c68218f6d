/**
 * Starts, watches and stops: the only package that starts a streaming query. Runs each batch
 * through decode, transform, expect and commit. May not: know YAML.
 */
package io.icestream.spark.query;
