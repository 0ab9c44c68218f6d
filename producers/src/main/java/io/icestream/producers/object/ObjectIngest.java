/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import io.icestream.producers.ProducerException;
import io.icestream.producers.deadletter.DeadLetter;
import io.icestream.producers.deadletter.DeadLetters;
import io.icestream.producers.object.ObjectLines.TransferException;
import io.icestream.producers.object.ObjectOutcome.GivenUp;
import io.icestream.producers.object.ObjectOutcome.Known;
import io.icestream.producers.object.ObjectOutcome.Replaced;
import io.icestream.producers.object.ObjectStore.GoneException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Sends the lines of objects. Each line of a version of an object is a committed record exactly
 * once, whatever fails and however often {@link #ingest} is called for it, as long as the topic of
 * progress keeps what it has. Dead letters are kept at least once.
 */
final class ObjectIngest {

  /** By so much the clock of S3 may be ahead of that of a function. */
  private static final Duration CLOCKS = Duration.ofHours(1);

  private final ObjectSettings settings;
  private final ObjectStore store;
  private final ResumableSink.Opening kafka;
  private final DeadLetters deadLetters;

  ObjectIngest(
      ObjectSettings settings,
      ObjectStore store,
      ResumableSink.Opening kafka,
      DeadLetters deadLetters) {
    this.settings = settings;
    this.store = store;
    this.kafka = kafka;
    this.deadLetters = deadLetters;
  }

  /**
   * Sends what is left of an object.
   *
   * @param timeIsOver asked after each chunk
   * @throws ProducerException if S3 or Kafka fail: nothing is lost or repeated if it is called
   *     again
   */
  ObjectOutcome ingest(ObjectVersion version, BooleanSupplier timeIsOver) {
    Optional<ObjectRoute> route = ObjectRoute.of(version.key(), settings.routes());
    if (route.isEmpty()) {
      return giveUp(version, null, "No route has a prefix of this key");
    }
    try (ObjectContent object = store.open(version)) {
      return ingest(version, object, route.get(), timeIsOver);
    } catch (IOException e) {
      throw new ProducerException(
          "Object " + version.address() + " cannot be read: " + e.getMessage() + " Try again.", e);
    } catch (GoneException e) {
      return e.replaced() ? new Replaced() : giveUp(version, route.get().topic(), e.getMessage());
    }
  }

  private ObjectOutcome ingest(
      ObjectVersion version, ObjectContent object, ObjectRoute route, BooleanSupplier timeIsOver)
      throws TransferException {
    String source = source(version, object);
    Instant since = object.modified().minus(CLOCKS);
    try (ResumableSink sink = kafka.open(source, since)) {
      ObjectProgress before = sink.progress().map(ObjectProgress::of).orElse(ObjectProgress.NONE);
      if (before.done()) {
        return new Known();
      }
      ObjectCopy copy = new ObjectCopy(settings, source, route, sink, deadLetters);
      try {
        return copy.run(object, before.position(), timeIsOver);
      } catch (TransferException e) {
        throw e;
      } catch (IOException e) {
        String reason =
            "The object is damaged behind byte " + copy.position() + ": " + e.getMessage();
        ObjectOutcome outcome = giveUp(version, route.topic(), reason);
        copy.finish();
        return outcome;
      }
    }
  }

  /** Tells a version of an object from all others, also where the bucket keeps no versions. */
  private static String source(ObjectVersion version, ObjectContent object) {
    return version.address()
        + "#"
        + version
            .versionId()
            .orElseGet(() -> object.etag() + "@" + object.modified().toEpochMilli());
  }

  private ObjectOutcome giveUp(ObjectVersion version, String topic, String reason) {
    String place = version.address() + version.versionId().map(id -> "?versionId=" + id).orElse("");
    deadLetters.keep(List.of(new DeadLetter("object", place, topic, reason, new byte[0])));
    return new GivenUp(reason);
  }
}
