/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import io.icestream.producers.ProducerException;
import io.icestream.producers.deadletter.DeadLetter;
import io.icestream.producers.deadletter.DeadLetters;
import io.icestream.producers.format.RecordFormat;
import io.icestream.producers.format.UnfitRecordException;
import io.icestream.producers.http.RecordResult.Accepted;
import io.icestream.producers.http.RecordResult.NotSent;
import io.icestream.producers.http.RecordResult.Rejected;
import io.icestream.producers.json.JsonRecords;
import io.icestream.producers.kafka.RecordSink;
import io.icestream.producers.kafka.SendOutcome;
import io.icestream.producers.kafka.SendOutcome.Acknowledged;
import io.icestream.producers.kafka.SendOutcome.Failed;
import io.icestream.producers.kafka.SendOutcome.Refused;
import io.icestream.producers.kafka.TopicRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the records of requests into Kafka. A record that the answer calls accepted is in Kafka,
 * once for each time it is called so. A rejected one never gets there and is kept as a dead letter;
 * of one that is not sent it is unknown, and the client sends it again. Thread-safe as its sink is.
 */
public final class HttpIngest {

  private static final Logger LOG = LoggerFactory.getLogger(HttpIngest.class);

  private final IngestSettings settings;
  private final RequestRecords requests;
  private final RecordSink kafka;
  private final DeadLetters deadLetters;

  public HttpIngest(IngestSettings settings, RecordSink kafka, DeadLetters deadLetters) {
    this.settings = settings;
    this.requests = new RequestRecords(settings);
    this.kafka = kafka;
    this.deadLetters = deadLetters;
  }

  HttpResponse answer(HttpRequest request) {
    String topic;
    List<byte[]> values;
    boolean asBytes;
    try {
      topic = requests.topic(request);
      asBytes = RequestRecords.areBytes(request);
      values = requests.records(request);
    } catch (Refusal e) {
      return e.response();
    }
    List<RecordResult> results = send(topic, values, asBytes);
    return IngestAnswer.of(topic, results, keepRejected(request, topic, values, results));
  }

  private List<RecordResult> send(String topic, List<byte[]> values, boolean asBytes) {
    RecordResult[] results = new RecordResult[values.size()];
    List<TopicRecord> good = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      try {
        good.add(asBytes ? ofBytes(topic, values.get(i)) : ofJson(topic, values.get(i)));
        places.add(i);
      } catch (UnfitRecordException e) {
        results[i] = new Rejected(e.getMessage());
      }
    }
    List<SendOutcome> outcomes = good.isEmpty() ? List.of() : kafka.send(good);
    for (int i = 0; i < outcomes.size(); i++) {
      results[places.get(i)] = result(outcomes.get(i));
    }
    return List.of(results);
  }

  private TopicRecord ofJson(String topic, byte[] json) throws UnfitRecordException {
    RecordFormat format = settings.formats().of(topic);
    byte[] value = format.ofJson(json);
    byte[] key = settings.key().isPresent() ? key(json, settings.key().get()) : null;
    return record(topic, key, value);
  }

  private TopicRecord ofBytes(String topic, byte[] bytes) throws UnfitRecordException {
    if (settings.key().isPresent()) {
      throw new UnfitRecordException(
          "Records need a key, which is found in JSON only: send it as application/json");
    }
    return record(topic, null, settings.formats().of(topic).ofBytes(bytes));
  }

  private TopicRecord record(String topic, byte[] key, byte[] value) throws UnfitRecordException {
    TopicRecord record = new TopicRecord(topic, key, value, Map.of());
    if (record.size() > settings.limits().recordBytes()) {
      throw new UnfitRecordException(
          "The record has "
              + record.size()
              + " bytes with its key: "
              + settings.limits().recordBytes()
              + " at most are taken");
    }
    return record;
  }

  private static byte[] key(byte[] value, JsonPointer pointer) throws UnfitRecordException {
    Optional<String> key = JsonRecords.scalarAt(value, pointer);
    return key.orElseThrow(
            () ->
                new UnfitRecordException("The record has no text, number or boolean at " + pointer))
        .getBytes(UTF_8);
  }

  private static RecordResult result(SendOutcome outcome) {
    if (outcome instanceof Acknowledged acknowledged) {
      return new Accepted(acknowledged.partition(), acknowledged.offset());
    }
    if (outcome instanceof Refused refused) {
      return new Rejected(refused.reason());
    }
    return new NotSent(((Failed) outcome).reason());
  }

  /** Whether all rejected records are kept; the client hears it if not, and has them still. */
  private boolean keepRejected(
      HttpRequest request, String topic, List<byte[]> values, List<RecordResult> results) {
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (results.get(i) instanceof Rejected rejected) {
        String place = "request " + request.id() + ", record " + i;
        letters.add(new DeadLetter("http", place, topic, rejected.reason(), values.get(i)));
      }
    }
    if (letters.isEmpty()) {
      return true;
    }
    try {
      deadLetters.keep(letters);
      return true;
    } catch (ProducerException e) {
      LOG.atError()
          .addKeyValue("request", request.id())
          .addKeyValue("records", letters.size())
          .setCause(e)
          .log("Rejected records could not be kept");
      return false;
    }
  }
}
