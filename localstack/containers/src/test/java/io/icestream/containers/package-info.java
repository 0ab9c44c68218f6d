/* SPDX-License-Identifier: MIT */
/**
 * The product against servers in containers, as a team runs it on one machine before it runs it on
 * AWS: its own parts are processes, started as users start them.
 */
package io.icestream.containers;
