/**
 * Topics as a deployment declares them: made and changed, never removed. {@code TopicChange}
 * decides, {@code TopicAdmin} does. No record is sent or read here.
 */
package io.icestream.producers.topic;
