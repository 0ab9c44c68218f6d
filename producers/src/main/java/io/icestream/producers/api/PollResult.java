/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

/**
 * What one poll did.
 *
 * @param pages that were read
 * @param records that were sent, or kept as dead letters
 * @param more whether there is a next page already
 */
public record PollResult(int pages, long records, boolean more) {}
