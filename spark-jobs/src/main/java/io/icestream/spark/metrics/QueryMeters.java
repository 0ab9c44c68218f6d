/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.metric.Metric;
import io.icestream.model.metric.PipelineSeries;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.streaming.StreamingQueryListener;

/** Counts what Spark says of one query. */
final class QueryMeters extends StreamingQueryListener {
  private final Meters meters;
  private final String query;
  private final AtomicLong starts = new AtomicLong();

  QueryMeters(Meters meters, String query) {
    this.meters = meters;
    this.query = query;
    PipelineSeries.PHASES.forEach(phase -> meters.add(Metric.BATCH_PHASE, 0, phase));
    meters.add(Metric.RESTARTS, 0);
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    if (query.equals(event.name()) && starts.incrementAndGet() > 1) {
      meters.add(Metric.RESTARTS, 1);
    }
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    if (query.equals(event.progress().name())) {
      event
          .progress()
          .durationMs()
          .forEach(
              (phase, millis) -> {
                if (PipelineSeries.PHASES.contains(phase)) {
                  meters.add(Metric.BATCH_PHASE, millis / 1000.0, phase);
                }
              });
    }
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {}
}
