/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.producers.ProducerException;
import io.icestream.producers.deadletter.DeadLetter;
import io.icestream.producers.format.TopicFormats;
import io.icestream.producers.kafka.TopicRecord;
import io.icestream.producers.object.ObjectOutcome.GivenUp;
import io.icestream.producers.object.ObjectOutcome.Known;
import io.icestream.producers.object.ObjectOutcome.Replaced;
import io.icestream.producers.object.ObjectOutcome.Sent;
import io.icestream.producers.object.ObjectOutcome.Unfinished;
import io.icestream.producers.object.ObjectStore.GoneException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIngestTest {

  private static final ObjectVersion OBJECT =
      new ObjectVersion("landing", "logs/a.log", Optional.of("v1"), Optional.of("e1"));

  /** What a reader of committed records gets, and the progress that was committed with it. */
  private final List<TopicRecord> committed = new ArrayList<>();

  private final Map<String, String> progress = new HashMap<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private byte[] stored = new byte[0];
  private GoneException gone;
  private int failAfterRecords = Integer.MAX_VALUE;
  private boolean failOnCommit;
  private int breakAfterBytes = Integer.MAX_VALUE;
  private int chunkBytes = 64;
  private TopicFormats formats = TopicFormats.JSON;
  private String routes = "logs/=weblogs";

  @Test
  void sendsEachLineWithItsPlace() {
    // given
    stored = "first\r\n\nsecond é\nthird".getBytes(UTF_8);

    // when
    ObjectOutcome outcome = ingest();

    // then
    assertThat(outcome).isEqualTo(new Sent(3));
    assertThat(lines()).containsExactly("first", "second é", "third");
    assertThat(committed).extracting(TopicRecord::topic).containsOnly("weblogs");
    assertThat(committed)
        .extracting(record -> record.headers().get("position"))
        .containsExactly("0", "8", "18");
    assertThat(committed.get(0).headers()).containsEntry("source", "s3://landing/logs/a.log#v1");
    assertThat(progress).containsValue("23 done");
    assertThat(ingest()).isEqualTo(new Known());
    assertThat(committed).hasSize(3);
  }

  @Test
  void readsGzipOfSeveralMembersToItsEnd() throws IOException {
    // given
    stored = join(gzip("a\nb\n"), gzip("c\nd"));

    // then
    assertThat(ingest()).isEqualTo(new Sent(4));
    assertThat(lines()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void passesOverHeaderLinesOnceOnly() {
    // given
    routes = "=other,logs/=csv:1";
    stored = numbered(100);
    failAfterRecords = 40;

    // when
    assertThatThrownBy(this::ingest).isInstanceOf(ProducerException.class);
    failAfterRecords = Integer.MAX_VALUE;
    ObjectOutcome second = ingest();

    // then
    assertThat(second).isInstanceOf(Sent.class);
    assertThat(lines()).containsExactlyElementsOf(lines(100).subList(1, 100));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void losesAndRepeatsNothingWhereverItIsInterrupted(boolean packed) throws IOException {
    // given
    byte[] plain = numbered(300);
    stored = packed ? gzip(new String(plain, UTF_8)) : plain;
    Random random = new Random(7);

    for (int round = 0; round < 60; round++) {
      committed.clear();
      progress.clear();

      // when
      ObjectOutcome outcome = null;
      for (int tries = 0; outcome == null; tries++) {
        int kind = tries > 5 ? 3 : random.nextInt(4);
        failAfterRecords = kind == 0 ? random.nextInt(300) : Integer.MAX_VALUE;
        failOnCommit = kind == 1;
        breakAfterBytes = kind == 2 ? random.nextInt(stored.length) : Integer.MAX_VALUE;
        try {
          outcome = ingest();
        } catch (ProducerException e) {
          assertThat(kind).as(e.toString()).isNotEqualTo(3);
        }
      }

      // then
      assertThat(lines()).as("round " + round).containsExactlyElementsOf(lines(300));
    }
    assertThat(letters).isEmpty();
  }

  @Test
  void goesOnWhereItsTimeWasOver() {
    // given
    stored = numbered(50);

    // when
    ObjectOutcome first = ingest(() -> true);
    int sent = committed.size();
    ObjectOutcome second = ingest();

    // then
    assertThat(first).isInstanceOf(Unfinished.class);
    assertThat(sent).isBetween(1, 49);
    assertThat(second).isEqualTo(new Sent(50 - sent));
    assertThat(lines()).containsExactlyElementsOf(lines(50));
  }

  @Test
  void keepsALineThatIsTooLongAsALetterAndGoesOn() {
    // given
    stored = ("a\n" + "x".repeat(31) + "\r\n" + "y".repeat(30) + "\r\nz\n").getBytes(UTF_8);

    // when
    ingest();

    // then
    assertThat(lines()).containsExactly("a", "y".repeat(30), "z");
    assertThat(letters)
        .extracting(DeadLetter::place)
        .containsExactly("s3://landing/logs/a.log#v1 from byte 2");
    assertThat(letters.get(0).reason()).isEqualTo("The line has 32 bytes: 30 at most are taken");
  }

  @Test
  void givesADamagedObjectUpOnceBehindItsGoodLines() throws IOException {
    // given
    byte[] whole = gzip("a\nb\n");
    stored = Arrays.copyOf(whole, whole.length - 9);

    // when
    ObjectOutcome outcome = ingest();

    // then
    assertThat(outcome).isInstanceOf(GivenUp.class);
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).reason()).startsWith("The object is damaged behind byte");
    assertThat(ingest()).isEqualTo(new Known());
    assertThat(letters).hasSize(1);
  }

  @Test
  void tellsAnObjectThatWasReplacedFromOneThatIsGone() {
    // when
    gone = new GoneException("The object has been replaced by another", true);
    ObjectOutcome replaced = ingest();
    gone = new GoneException("The object has been deleted", false);
    ObjectOutcome deleted = ingest();

    // then
    assertThat(replaced).isEqualTo(new Replaced());
    assertThat(deleted).isEqualTo(new GivenUp("The object has been deleted"));
    assertThat(letters)
        .extracting(DeadLetter::place)
        .containsExactly("s3://landing/logs/a.log?versionId=v1");
  }

  @Test
  void writesLinesInTheFormatOfTheirTopicAndKeepsThoseThatDoNotFit() {
    // given
    routes = "logs/=weblogs";
    formats =
        TopicFormats.of(
            "Formats",
            "{'weblogs': {'format': 'avro', 'schema': 'a', 'framing': 'confluent', 'schema_id': 1}}"
                .replace('\'', '"'),
            place ->
                "{'type': 'record', 'name': 'L', 'fields': [{'name': 'n', 'type': 'int'}]}"
                    .replace('\'', '"')
                    .getBytes(UTF_8));
    stored = "{\"n\":1}\n{\"n\":\"x\"}\nno json\n{\"n\":-1}\n".getBytes(UTF_8);

    // when
    ObjectOutcome outcome = ingest();

    // then
    assertThat(outcome).isEqualTo(new Sent(2));
    assertThat(committed)
        .extracting(record -> HexFormat.of().formatHex(record.value()))
        .containsExactly("000000000102", "000000000101");
    assertThat(letters)
        .extracting(DeadLetter::place)
        .containsExactly(
            "s3://landing/logs/a.log#v1 from byte 8", "s3://landing/logs/a.log#v1 from byte 18");
    assertThat(letters.get(0).reason())
        .isEqualTo("Field n is a text that does not fit: the schema has an int");
  }

  @Test
  void keepsAnObjectWithoutARouteAsALetter() {
    // given
    routes = "csv/=sensors:1";

    // then
    assertThat(ingest()).isEqualTo(new GivenUp("No route has a prefix of this key"));
    assertThat(letters).hasSize(1);
  }

  private ObjectOutcome ingest() {
    return ingest(() -> false);
  }

  private ObjectOutcome ingest(java.util.function.BooleanSupplier timeIsOver) {
    ObjectSettings settings =
        new ObjectSettings(ObjectRoute.of(Set.of(routes.split(","))), formats, 30, chunkBytes);
    return new ObjectIngest(settings, this::open, this::take, letters::addAll)
        .ingest(OBJECT, timeIsOver);
  }

  private ObjectContent open(ObjectVersion version) throws GoneException {
    if (gone != null) {
      throw gone;
    }
    InputStream in = new ByteArrayInputStream(stored);
    if (breakAfterBytes < stored.length) {
      in =
          new SequenceInputStream(
              new ByteArrayInputStream(stored, 0, breakAfterBytes),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  if (breakAfterBytes % 2 == 0) {
                    throw new IOException("Connection reset");
                  }
                  return -1;
                }
              });
    }
    return new ObjectContent(in, stored.length, "e1", Instant.parse("2026-11-01T00:00:00Z"));
  }

  private ResumableSink take(String source, Instant since) {
    List<TopicRecord> pending = new ArrayList<>();
    return new ResumableSink() {
      private int sent;

      @Override
      public Optional<String> progress() {
        return Optional.ofNullable(progress.get(source));
      }

      @Override
      public void send(TopicRecord record) {
        if (++sent > failAfterRecords) {
          throw new ProducerException("injected");
        }
        pending.add(record);
      }

      @Override
      public void commit(String reached) {
        boolean answerIsLost = failOnCommit && sent > 20;
        if (!answerIsLost || sent % 2 == 0) {
          committed.addAll(pending);
          pending.clear();
          progress.put(source, reached);
        }
        if (answerIsLost) {
          throw new ProducerException("injected");
        }
      }

      @Override
      public void close() {
        pending.clear();
      }
    };
  }

  private List<String> lines() {
    return committed.stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private static List<String> lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line number " + i).toList();
  }

  private static byte[] numbered(int count) {
    return String.join("\n", lines(count)).getBytes(UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(out)) {
      packed.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }
}
