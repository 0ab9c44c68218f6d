/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import io.icestream.producers.kafka.ResumableSender;
import io.icestream.producers.kafka.TopicRecord;
import java.time.Instant;
import java.util.Optional;

/** Takes the records of one object; see {@link ResumableSender}, which is one. */
interface ResumableSink extends AutoCloseable {

  Optional<String> progress();

  void send(TopicRecord record);

  void commit(String reached);

  @Override
  void close();

  /** Takes sources over. */
  @FunctionalInterface
  interface Opening {

    /**
     * @param since when the source came into being
     */
    ResumableSink open(String source, Instant since);
  }

  static ResumableSink of(ResumableSender sender) {
    return new ResumableSink() {
      @Override
      public Optional<String> progress() {
        return sender.progress();
      }

      @Override
      public void send(TopicRecord record) {
        sender.send(record);
      }

      @Override
      public void commit(String reached) {
        sender.commit(reached);
      }

      @Override
      public void close() {
        sender.close();
      }
    };
  }
}
