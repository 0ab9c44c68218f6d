/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Listens on loopback and serves one connection with what a test gives it. */
final class ScriptedServer implements AutoCloseable {

  /** One conversation with a client. */
  interface Conversation {
    void with(Socket client) throws IOException;
  }

  private final ServerSocket listener;
  private final Thread thread;

  ScriptedServer(Conversation conversation) throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST));
    thread = new Thread(() -> serve(conversation), "scripted-server");
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Conversation conversation) {
    try (Socket client = listener.accept()) {
      conversation.with(client);
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
