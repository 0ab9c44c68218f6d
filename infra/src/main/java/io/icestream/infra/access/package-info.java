/* SPDX-License-Identifier: MIT */
/**
 * What a pipeline uses, and so what it may do: derived from its file. Plain values and texts; that
 * they end up in a policy is the business of {@code stack}.
 */
package io.icestream.infra.access;
