/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends an ApiVersions request, the first one of every Kafka client. A broker binds its port early
 * and answers only when it has caught up with the cluster's metadata, so a connection alone proves
 * nothing.
 */
final class KafkaProbe implements Probe {

  private static final short API_VERSIONS = 18;
  private static final short REQUEST_VERSION = 0;
  private static final int CORRELATION_ID = 0x1ce57;
  private static final byte[] CLIENT_ID = "icestream-probe".getBytes(StandardCharsets.UTF_8);

  /** Key, version, correlation id, length of the client id. */
  private static final int FIXED_HEADER_BYTES = 2 + 2 + 4 + 2;

  /** Correlation id and error code, which every answer begins with. */
  private static final int SMALLEST_ANSWER_BYTES = 4 + 2;

  @Override
  public boolean answers(int port) {
    try (Socket socket = Loopback.connect(port, TIMEOUT_MILLIS)) {
      ask(new DataOutputStream(socket.getOutputStream()));
      return isAnswer(new DataInputStream(socket.getInputStream()));
    } catch (IOException e) {
      return false;
    }
  }

  private static void ask(DataOutputStream out) throws IOException {
    out.writeInt(FIXED_HEADER_BYTES + CLIENT_ID.length);
    out.writeShort(API_VERSIONS);
    out.writeShort(REQUEST_VERSION);
    out.writeInt(CORRELATION_ID);
    out.writeShort(CLIENT_ID.length);
    out.write(CLIENT_ID);
    out.flush();
  }

  private static boolean isAnswer(DataInputStream in) throws IOException {
    int size = in.readInt();
    int correlationId = in.readInt();
    short error = in.readShort();
    return size >= SMALLEST_ANSWER_BYTES && correlationId == CORRELATION_ID && error == 0;
  }
}
