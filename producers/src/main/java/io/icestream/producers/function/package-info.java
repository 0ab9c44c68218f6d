/**
 * What Lambda functions share: their environment variables as typed settings, and clients that are
 * made late and made anew when a snapshot is restored. Knows no origin of records.
 */
package io.icestream.producers.function;
