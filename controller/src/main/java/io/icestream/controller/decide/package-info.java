/**
 * What is to be done next for a pipeline, from what is remembered and what is seen. Values and one
 * function; nothing here asks AWS, the clock or a file.
 */
package io.icestream.controller.decide;
