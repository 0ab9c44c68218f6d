/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Something that is sent once and in several goes.
 *
 * @param id tells it from all others of the cluster, for ever
 * @param progressTopic where its progress is kept
 */
public record ResumableSource(String id, String progressTopic) {

  /** What the transactional ids of all sources begin with, for permissions. */
  public static final String ID_PREFIX = "icestream-source-";

  public ResumableSource {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(progressTopic, "progressTopic");
  }

  /** The same for the same source, whoever opens it: by this Kafka knows whom to fence. */
  String transactionalId() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
      return ID_PREFIX + HexFormat.of().formatHex(Arrays.copyOf(digest, 20));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
