/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.util.List;
import java.util.Map;

/** What the process of a server runs. */
sealed interface ServerProgram permits JavaServer, LocalStackServer {

  /**
   * @throws StackException if something is missing that the program needs
   */
  void require();

  List<String> command();

  /** Variables that the process gets beside those of its parent. */
  Map<String, String> variables(Map<String, String> settings);
}
