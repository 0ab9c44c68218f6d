/**
 * What the value of a topic's records looks like: JSON as it was sent, Avro or Protobuf, behind the
 * header of a schema registry. {@code TopicFormats} knows the format of each topic. No registry is
 * asked here: a schema is a file, and its id a setting.
 */
package io.icestream.producers.format;
