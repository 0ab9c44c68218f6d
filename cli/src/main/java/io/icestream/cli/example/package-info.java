/**
 * What the example pipelines need before they run: their topics and the lookup table. Made by
 * {@code up} and {@code demo}. May not: know Spark.
 */
package io.icestream.cli.example;
