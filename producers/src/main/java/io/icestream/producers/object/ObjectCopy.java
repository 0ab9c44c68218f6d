/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import io.icestream.producers.deadletter.DeadLetter;
import io.icestream.producers.deadletter.DeadLetters;
import io.icestream.producers.format.RecordFormat;
import io.icestream.producers.format.UnfitRecordException;
import io.icestream.producers.kafka.TopicRecord;
import io.icestream.producers.object.ObjectLines.Line;
import io.icestream.producers.object.ObjectLines.Text;
import io.icestream.producers.object.ObjectLines.TooLong;
import io.icestream.producers.object.ObjectOutcome.Sent;
import io.icestream.producers.object.ObjectOutcome.Unfinished;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One go over one object, chunk by chunk. Not thread-safe. */
final class ObjectCopy {

  private final ObjectSettings settings;
  private final String source;
  private final ObjectRoute route;
  private final ResumableSink sink;
  private final DeadLetters deadLetters;
  private final List<DeadLetter> letters = new ArrayList<>();
  private long sent;
  private long position;
  private long committed;

  ObjectCopy(
      ObjectSettings settings,
      String source,
      ObjectRoute route,
      ResumableSink sink,
      DeadLetters deadLetters) {
    this.settings = settings;
    this.source = source;
    this.route = route;
    this.sink = sink;
    this.deadLetters = deadLetters;
  }

  /** Behind the last line that was taken. */
  long position() {
    return position;
  }

  /**
   * Sends what is behind a position.
   *
   * @throws IOException if the object is damaged there; what was taken before can still be
   *     committed
   */
  ObjectOutcome run(ObjectContent object, long from, BooleanSupplier timeIsOver)
      throws IOException {
    committed = from;
    position = from;
    ObjectLines lines = ObjectLines.of(object, settings.longestLine());
    lines.skipTo(from);
    for (int i = 0; from == 0 && i < route.headerLines(); i++) {
      Optional<Line> unused = lines.next();
    }
    for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      take(line.get());
      position = lines.position();
      if (position - committed >= settings.chunkBytes()) {
        commit(false);
        if (timeIsOver.getAsBoolean()) {
          return new Unfinished(position);
        }
      }
    }
    position = lines.position();
    finish();
    return new Sent(sent);
  }

  /** Commits that nothing follows behind what was taken. */
  void finish() {
    commit(true);
  }

  private void take(Line line) {
    if (line instanceof Text text) {
      if (text.bytes().length > 0) {
        send(text);
      }
    } else if (line instanceof TooLong tooLong) {
      reject(tooLong, tooMany("The line", tooLong.length()), new byte[0]);
    }
  }

  private void send(Text text) {
    byte[] value;
    try {
      value = value(text.bytes());
    } catch (UnfitRecordException e) {
      reject(text, e.getMessage(), text.bytes());
      return;
    }
    sink.send(
        new TopicRecord(
            route.topic(),
            null,
            value,
            Map.of("source", source, "position", String.valueOf(text.position()))));
    sent++;
  }

  private byte[] value(byte[] line) throws UnfitRecordException {
    Optional<RecordFormat> format = settings.formats().set(route.topic());
    if (format.isEmpty()) {
      return line;
    }
    byte[] value = format.get().ofJson(line);
    // Kafka would refuse it again and again, and the rest of the object with it
    if (value.length > settings.longestLine()) {
      throw new UnfitRecordException(tooMany("The record", value.length));
    }
    return value;
  }

  private String tooMany(String what, long bytes) {
    return what + " has " + bytes + " bytes: " + settings.longestLine() + " at most are taken";
  }

  private void reject(Line line, String reason, byte[] payload) {
    String place = source + " from byte " + line.position();
    letters.add(new DeadLetter("object", place, route.topic(), reason, payload));
  }

  /** Letters first: what is committed is never looked at again. */
  private void commit(boolean done) {
    deadLetters.keep(List.copyOf(letters));
    letters.clear();
    sink.commit(new ObjectProgress(position, done).text());
    committed = position;
  }
}
