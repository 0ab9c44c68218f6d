/** The simulators as a function that a schedule calls. What they make is in {@code simulate}. */
package io.icestream.producers.scheduled;
