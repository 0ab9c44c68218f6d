/**
 * What runs now, as seen from outside: what processes tell Prometheus, what tables and topics tell.
 *
 * <p>Lives here: reading and judging. May not: change anything, know the command line.
 */
package io.icestream.cli.live;
