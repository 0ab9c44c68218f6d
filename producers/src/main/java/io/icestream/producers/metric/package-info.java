/**
 * What functions measure, with Micrometer's meters, and how CloudWatch hears of it: by lines of the
 * log in the embedded metric format, since a function is frozen when it has answered.
 */
package io.icestream.producers.metric;
