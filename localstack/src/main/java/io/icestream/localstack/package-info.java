/* SPDX-License-Identifier: MIT */
/**
 * The embedded stack's supervisor: starts, watches and ends a Kafka broker and an S3 endpoint, each
 * in a process of its own, and tells the other modules where they are.
 *
 * <p>Settings come in from the command line; what goes out is {@code environment.properties} in the
 * stack's home, the contract with whatever talks to the servers. The servers' own libraries may not
 * appear here: this package knows them only as class paths, properties files and sockets.
 */
package io.icestream.localstack;
