/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks LocalStack whether its hooks have made what is needed. It answers before that, too. */
final class LocalStackProbe implements Probe {

  private static final String DONE = "\"completed\": true";

  @Override
  public boolean answers(int port) {
    String request =
        "GET /_localstack/init/ready HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nConnection: close\r\n\r\n";
    try (Socket socket = Loopback.connect(port, TIMEOUT_MILLIS)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.startsWith("HTTP/1.1 200") && answer.contains(DONE);
    } catch (IOException e) {
      return false;
    }
  }
}
