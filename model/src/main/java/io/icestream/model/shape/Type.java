/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What may stand in a place of the file. The one source for reading it, for the JSON Schema and for
 * the reference.
 *
 * @param <T> what a node is read as
 */
public interface Type<T> {

  /**
   * Reads a node.
   *
   * @param node what the file has
   * @param subject how messages name the place
   * @param reading takes what is wrong
   * @return the value; empty, with at least one problem reported, if it is none of this type
   */
  Optional<T> read(Node node, Subject subject, Reading reading);

  /** The keywords of JSON Schema (draft-07) that say the same, as far as they can. */
  Map<String, Object> schema();

  /** How the reference names the type, in Markdown. */
  String label();
}
