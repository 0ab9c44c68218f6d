/**
 * Where records go that can never be sent, with the reason: an SQS queue, or a file on a laptop.
 * The failure to put one there is told to the caller, never swallowed.
 */
package io.icestream.producers.deadletter;
