/* SPDX-License-Identifier: MIT */
/**
 * The embedded broker's process: formats its storage once and runs the real Kafka broker.
 *
 * <p>It has a class path of its own, because Kafka's libraries are not the ones Spark brings. What
 * comes in is one file of broker properties, written by the supervisor in {@code
 * io.icestream.localstack}. Topics, clients and ports are decided elsewhere and may not live here.
 */
package io.icestream.localstack.kafka;
