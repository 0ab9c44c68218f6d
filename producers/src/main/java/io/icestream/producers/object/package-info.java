/**
 * Objects of S3 as an origin of records: each line of an object becomes one record, once per
 * version of the object, however often and in however many goes its event is handled. Lines go
 * through as they are; nothing here judges their content.
 */
package io.icestream.producers.object;
