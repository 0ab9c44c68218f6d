/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import io.icestream.producers.kafka.TopicRecord;
import io.icestream.producers.metric.ProducerMeters;
import java.time.Duration;
import java.util.Optional;

/** A sink whose commits are measured: what is committed together is a batch. Not thread-safe. */
final class MeasuredSink implements ResumableSink {

  private final ResumableSink sink;
  private final ProducerMeters meters;
  private long records;
  private long from = System.nanoTime();

  MeasuredSink(ResumableSink sink, ProducerMeters meters) {
    this.sink = sink;
    this.meters = meters;
  }

  @Override
  public Optional<String> progress() {
    return sink.progress();
  }

  @Override
  public void send(TopicRecord record) {
    if (records == 0) {
      from = System.nanoTime();
    }
    records++;
    sink.send(record);
  }

  @Override
  public void commit(String reached) {
    sink.commit(reached);
    if (records > 0) {
      meters.batch(records, 0, sinceFirst());
      records = 0;
    }
  }

  /** What was sent and not committed has failed: it is sent again. */
  @Override
  public void close() {
    if (records > 0) {
      meters.batch(0, records, sinceFirst());
    }
    sink.close();
  }

  private Duration sinceFirst() {
    return Duration.ofNanos(System.nanoTime() - from);
  }
}
