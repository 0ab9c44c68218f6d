/**
 * Bytes to typed rows, or to a reason why not.
 *
 * <p>Lives here: a {@link io.icestream.spark.decode.RecordDecoder} for each format, and {@link
 * io.icestream.spark.decode.Decoding}, which applies one to a batch and tells late rows. A record
 * is never changed to fit: what breaks its schema is rejected with a reason. May not: know tables.
 */
package io.icestream.spark.decode;
