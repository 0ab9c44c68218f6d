/* SPDX-License-Identifier: MIT */
/**
 * The embedded object store's process: an S3 endpoint in front of a directory.
 *
 * <p>It has a class path of its own, because its libraries are not the ones Spark brings. What
 * comes in is one file of properties, written by the supervisor in {@code io.icestream.localstack}.
 * Ports, credentials and the warehouse's layout are decided elsewhere and may not live here.
 */
package io.icestream.localstack.s3;
