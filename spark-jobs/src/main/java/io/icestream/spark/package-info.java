/**
 * The streaming application.
 *
 * <p>Lives here: {@link io.icestream.spark.Main} (arguments and exit codes) and {@link
 * io.icestream.spark.PipelineApp} (the one composition page, which reads as the data's way). May
 * not: logic. The packages below follow the data: {@code source}, {@code decode}, {@code
 * transform}, {@code expect}, {@code table}, {@code commit}, as {@code plan} says and run by {@code
 * query}.
 */
package io.icestream.spark;
