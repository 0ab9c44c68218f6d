/* SPDX-License-Identifier: MIT */
package io.icestream.producers.scheduled;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.producers.ProducerException;
import io.icestream.producers.function.KafkaVariables;
import io.icestream.producers.function.Late;
import io.icestream.producers.function.Variables;
import io.icestream.producers.kafka.RecordSender;
import io.icestream.producers.kafka.RecordSink;
import io.icestream.producers.kafka.SendOutcome;
import io.icestream.producers.kafka.SendOutcome.Acknowledged;
import io.icestream.producers.kafka.TopicRecord;
import io.icestream.producers.metric.ProducerMeters;
import io.icestream.producers.record.OutgoingRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The Lambda function of a simulator, called by a schedule once a minute or as often as events are
 * wanted. Its variables are in {@code docs/producers.md}.
 */
public final class SimulationHandler implements RequestStreamHandler {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ANSWER_MILLIS = 30_000;
  private static final int AT_ONCE = 5_000;

  private final SimulationSettings settings;
  private final Late<RecordSender> kafka;
  private final ProducerMeters meters;
  private final RecordSink sink;

  /** Lambda's. */
  public SimulationHandler() {
    this(Variables.ofProcess());
  }

  SimulationHandler(Variables variables) {
    settings = SimulationSettings.of(variables);
    kafka = Late.of(() -> RecordSender.open(KafkaVariables.settings(variables, ANSWER_MILLIS)));
    meters = ProducerMeters.of(variables);
    sink = meters.measuring(records -> kafka.get().send(records));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Iterator<OutgoingRecord> events = settings.events(time(JSON.readTree(input)));
    int sent;
    try {
      sent = send(events);
    } finally {
      meters.tell();
    }
    JSON.writeValue(output, Map.of("sent", sent));
  }

  private int send(Iterator<OutgoingRecord> events) {
    int sent = 0;
    while (events.hasNext()) {
      List<TopicRecord> records = new ArrayList<>();
      while (events.hasNext() && records.size() < AT_ONCE) {
        OutgoingRecord event = events.next();
        records.add(new TopicRecord(settings.topic(), event.key(), event.value(), Map.of()));
      }
      for (SendOutcome outcome : sink.send(records)) {
        if (!(outcome instanceof Acknowledged)) {
          throw new ProducerException(
              "Simulated events could not be sent to '" + settings.topic() + "': " + outcome);
        }
      }
      sent += records.size();
    }
    return sent;
  }

  /** When the schedule is due; now if the event does not say. */
  private static Instant time(JsonNode event) {
    try {
      return Instant.parse(event.path("time").asText());
    } catch (DateTimeException e) {
      return Instant.now();
    }
  }
}
