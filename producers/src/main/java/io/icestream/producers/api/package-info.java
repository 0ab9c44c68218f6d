/**
 * HTTP APIs as an origin of records: pages of JSON are polled, their records sent, and only then
 * the cursor moves on. Each record is sent at least once. Secrets are put into requests as late as
 * possible and are in no message, log or state.
 */
package io.icestream.producers.api;
