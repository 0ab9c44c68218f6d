/**
 * Tables as the plan wants them: the only package that creates or alters a table. May not: write
 * data.
 */
package io.icestream.spark.table;
