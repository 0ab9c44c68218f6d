/**
 * HTTP as an origin of records: requests with JSON in, one answer per record out. {@code
 * HttpIngest} is the whole of it; {@code HttpIngestHandler} serves it behind a Function URL or API
 * Gateway, and {@code LocalHttpServer} on a laptop. Nothing here authenticates: AWS does, by IAM,
 * before.
 */
package io.icestream.producers.http;
