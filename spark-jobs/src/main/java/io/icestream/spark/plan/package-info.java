/**
 * What a pipeline file resolves to in an environment: a {@link io.icestream.spark.plan.QueryPlan}.
 *
 * <p>Lives here: names, ids, the checkpoint's place, resolved defaults, table specs. All of it are
 * pure values that tests build without Spark. May not: IO, a SparkSession.
 */
package io.icestream.spark.plan;
