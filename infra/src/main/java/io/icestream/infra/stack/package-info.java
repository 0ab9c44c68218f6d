/* SPDX-License-Identifier: MIT */
/**
 * The stacks, one for each part that is deployed by itself, and the constructs that they are made
 * of. What a pipeline may do is decided in {@code access}.
 */
package io.icestream.infra.stack;
