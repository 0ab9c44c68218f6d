/**
 * The pipeline file as values: records with validating constructors and sealed alternatives.
 *
 * <p>Lives here: what a user can write ({@link io.icestream.model.PipelineDefinition} and its
 * parts), and the errors that name a place in the file. May not: Spark, AWS, Kafka, or any IO
 * beyond reading the file. Data comes from {@link io.icestream.model.parse} and goes to the plan of
 * the streaming application.
 */
package io.icestream.model;
