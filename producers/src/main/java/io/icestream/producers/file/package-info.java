/**
 * Files as an origin of records. Bytes go through as they are: nothing here decodes text or judges
 * content, and nothing knows Kafka.
 */
package io.icestream.producers.file;
