/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;

/** Sockets on 127.0.0.1, the only address the stack uses. */
final class Loopback {

  static final String HOST = "127.0.0.1";

  private Loopback() {}

  /**
   * @param timeoutMillis the limit for connecting and for each read, in milliseconds
   */
  static Socket connect(int port, int timeoutMillis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address(port), timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Whether a server could listen on the port now. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param reserved ports that are spoken for although nobody listens on them yet
   * @return a port that nobody listens on at this moment
   * @throws StackException if the machine has none
   */
  static int freePort(Set<Integer> reserved) {
    int port = freePort();
    while (reserved.contains(port)) {
      port = freePort();
    }
    return port;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address(0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StackException("No free port on " + HOST + ": " + e.getMessage(), e);
    }
  }

  private static InetSocketAddress address(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }
}
