/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

/** What becomes of data when a stack is destroyed. */
public enum Removal {
  /** It stays in the account. */
  RETAIN,
  /** It is deleted. For stages whose data nobody needs. */
  DESTROY
}
