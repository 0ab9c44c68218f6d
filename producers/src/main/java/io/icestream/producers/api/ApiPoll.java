/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.producers.ProducerException;
import io.icestream.producers.deadletter.DeadLetter;
import io.icestream.producers.deadletter.DeadLetters;
import io.icestream.producers.json.BadJsonException;
import io.icestream.producers.json.JsonRecords;
import io.icestream.producers.kafka.RecordSink;
import io.icestream.producers.kafka.SendOutcome;
import io.icestream.producers.kafka.SendOutcome.Failed;
import io.icestream.producers.kafka.SendOutcome.Refused;
import io.icestream.producers.kafka.TopicRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One poll of an API: page by page, each sent as a whole before its state is kept. Whatever fails,
 * the next poll begins with the page that was not finished; its records may then be sent twice.
 */
final class ApiPoll {

  private final ApiDefinition api;
  private final PageFetch pages;
  private final StateStore states;
  private final RecordSink kafka;
  private final DeadLetters deadLetters;

  ApiPoll(
      ApiDefinition api,
      PageFetch pages,
      StateStore states,
      RecordSink kafka,
      DeadLetters deadLetters) {
    this.api = api;
    this.pages = pages;
    this.states = states;
    this.kafka = kafka;
    this.deadLetters = deadLetters;
  }

  /**
   * Polls until there is no next page, or as many pages as are allowed.
   *
   * @return what was sent
   * @throws ProducerException if the API, Kafka or the store of states fail
   */
  PollResult run() {
    PollState state = states.load().orElse(PollState.START);
    long sent = 0;
    for (int read = 0; read < api.limits().pages(); read++) {
      if (!(pages.fetch(state) instanceof Page.Full page)) {
        return new PollResult(read, sent, false);
      }
      List<byte[]> records = records(page.body());
      List<byte[]> unsent = unsent(records, state);
      send(unsent, state, records.size() - unsent.size());
      sent += unsent.size();
      Optional<String> next = next(page.body(), state);
      state = next.map(PollState::at).orElse(known(state, page, records.size()));
      states.save(state);
      if (next.isEmpty()) {
        return new PollResult(read + 1, sent, false);
      }
    }
    return new PollResult(api.limits().pages(), sent, true);
  }

  /** The last page, which is asked for again: it may have grown by then. */
  private static PollState known(PollState state, Page.Full page, int records) {
    return new PollState(state.cursor(), records, page.etag(), page.modified());
  }

  /** An API with a cursor appends: what was sent of its last page is at the page's beginning. */
  private List<byte[]> unsent(List<byte[]> records, PollState state) {
    if (api.cursor().isEmpty() || state.sent() == 0) {
      return records;
    }
    if (records.size() < state.sent()) {
      throw new ProducerException(
          "The last page of API '"
              + api.name()
              + "' had "
              + state.sent()
              + " records and has "
              + records.size()
              + " now: records are taken to be appended. Leave 'cursor' out if they are not, or"
              + " delete the state to start over.");
    }
    return records.subList(state.sent(), records.size());
  }

  private Optional<String> next(byte[] body, PollState state) {
    return api.cursor()
        .flatMap(cursor -> JsonRecords.scalarAt(body, cursor.at()))
        .filter(cursor -> !cursor.isEmpty())
        // Some repeat the cursor where nothing follows
        .filter(cursor -> !Optional.of(cursor).equals(state.cursor()));
  }

  private List<byte[]> records(byte[] body) {
    try {
      // All of it, because the cursor behind the records has to be there too
      List<byte[]> unused = JsonRecords.of(body);
      byte[] array =
          JsonRecords.valueAt(body, api.records().at())
              .orElseThrow(
                  () ->
                      new ProducerException(
                          "A page of API '"
                              + api.name()
                              + "' has nothing at '"
                              + api.records().at()
                              + "': correct 'records'."));
      return JsonRecords.of(array);
    } catch (BadJsonException e) {
      throw new ProducerException(
          "A page of API '" + api.name() + "' cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private void send(List<byte[]> values, PollState state, int first) {
    List<TopicRecord> good = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      try {
        good.add(record(values.get(i)));
        places.add(i);
      } catch (BadJsonException e) {
        letters.add(letter(state, first + i, e.getMessage(), values.get(i)));
      }
    }
    List<SendOutcome> outcomes = good.isEmpty() ? List.of() : kafka.send(good);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Failed failed) {
        throw new ProducerException(
            "Records of API '"
                + api.name()
                + "' could not be sent: "
                + failed.reason()
                + " The next poll sends the page again.");
      }
      if (outcomes.get(i) instanceof Refused refused) {
        int place = places.get(i);
        letters.add(letter(state, first + place, refused.reason(), values.get(place)));
      }
    }
    if (!letters.isEmpty()) {
      deadLetters.keep(letters);
    }
  }

  private TopicRecord record(byte[] value) throws BadJsonException {
    JsonRecords.requireObject(value);
    byte[] key =
        api.records()
            .key()
            .flatMap(pointer -> JsonRecords.scalarAt(value, pointer))
            .map(text -> text.getBytes(UTF_8))
            .orElse(null);
    return new TopicRecord(api.topic(), key, value, Map.of());
  }

  private DeadLetter letter(PollState state, int place, String reason, byte[] payload) {
    return new DeadLetter(
        "api",
        "api " + api.name() + ", cursor " + state.cursor().orElse("none") + ", record " + place,
        api.topic(),
        reason,
        payload);
  }
}
