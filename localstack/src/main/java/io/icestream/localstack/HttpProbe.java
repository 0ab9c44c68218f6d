/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends one HTTP request. Any status counts as an answer: without a signature S3 says 403. */
final class HttpProbe implements Probe {

  @Override
  public boolean answers(int port) {
    String request = "HEAD / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
    try (Socket socket = Loopback.connect(port, TIMEOUT_MILLIS)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String status = answer.readLine();
      return status != null && status.startsWith("HTTP/1.");
    } catch (IOException e) {
      return false;
    }
  }
}
