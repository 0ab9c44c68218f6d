/**
 * How a language of YAML is described: keys with their types, defaults and meaning, and mappings
 * made of them.
 *
 * <p>Lives here: types that read a node, say what is wrong with it, and describe themselves in JSON
 * Schema, so that a check and its description cannot drift apart. Values come out with their place
 * in the file. May not: any word of the pipeline file, which {@link io.icestream.model.parse} has.
 */
package io.icestream.model.shape;
