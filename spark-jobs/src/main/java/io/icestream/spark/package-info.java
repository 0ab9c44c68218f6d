/**
 * The streaming application.
 *
 * <p>Lives here: {@link io.icestream.spark.Main} (arguments and exit codes), {@link
 * io.icestream.spark.PipelineApp} (the one composition page, which reads as the data's way) and the
 * failure that users see. May not: logic. The packages below follow the data: {@code plan}, {@code
 * source}, {@code decode}, {@code transform}, {@code expect}, {@code table}, {@code commit}, run by
 * {@code query}.
 */
package io.icestream.spark;
