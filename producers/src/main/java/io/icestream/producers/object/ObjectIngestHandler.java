/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.producers.ProducerException;
import io.icestream.producers.deadletter.DeadLetter;
import io.icestream.producers.function.FormatVariables;
import io.icestream.producers.function.FunctionQueue;
import io.icestream.producers.function.KafkaVariables;
import io.icestream.producers.function.Late;
import io.icestream.producers.function.Variables;
import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.ResumableSender;
import io.icestream.producers.kafka.ResumableSource;
import io.icestream.producers.metric.ProducerMeters;
import io.icestream.producers.object.ObjectEvents.Message;
import io.icestream.producers.object.ObjectEvents.UnknownEventException;
import io.icestream.producers.object.ObjectOutcome.Unfinished;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The Lambda function of objects. Events that come by a queue are answered for one by one
 * (ReportBatchItemFailures has to be on); others fail as a whole, and Lambda tries twice again. An
 * object that takes longer than the function may run goes on in the next try, so a queue is the
 * better way for large ones. Its variables are in {@code docs/producers.md}.
 */
public final class ObjectIngestHandler implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectIngestHandler.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int ANSWER_MILLIS = 60_000;

  /** A chunk begins only if so much time is left. */
  private static final int MARGIN_MILLIS = 20_000;

  private static final int LONGEST_LINE = 1_000_000;
  private static final int CHUNK_BYTES = 16 << 20;

  private final Late<S3Client> s3 = Late.of(S3Client::create);
  private final FunctionQueue deadLetters;
  private final ProducerMeters meters;
  private final ObjectIngest ingest;

  /** Lambda's. */
  public ObjectIngestHandler() {
    this(Variables.ofProcess());
  }

  ObjectIngestHandler(Variables variables) {
    ProducerSettings kafka = KafkaVariables.settings(variables, ANSWER_MILLIS);
    String progressTopic =
        variables.get("ICESTREAM_PROGRESS_TOPIC").orElse("icestream.object-progress");
    deadLetters = FunctionQueue.of(variables);
    meters = ProducerMeters.of(variables);
    ingest =
        new ObjectIngest(
            new ObjectSettings(
                ObjectRoute.of(variables.list("ICESTREAM_OBJECT_ROUTES")),
                FormatVariables.formats(variables),
                variables.number("ICESTREAM_MAX_RECORD_BYTES", LONGEST_LINE),
                variables.number("ICESTREAM_CHUNK_BYTES", CHUNK_BYTES)),
            new S3Objects(s3::get),
            (source, since) ->
                new MeasuredSink(
                    ResumableSink.of(
                        ResumableSender.open(
                            kafka, new ResumableSource(source, progressTopic), since)),
                    meters),
            meters.counting(deadLetters));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    try {
      answer(JSON.readTree(input), output, context);
    } finally {
      meters.tell();
    }
  }

  private void answer(JsonNode event, OutputStream output, Context context) throws IOException {
    BooleanSupplier timeIsOver = () -> context.getRemainingTimeInMillis() < MARGIN_MILLIS;
    Optional<List<Message>> messages = ObjectEvents.messages(event);
    if (messages.isPresent()) {
      JSON.writeValue(output, failures(messages.get(), timeIsOver));
      return;
    }
    try {
      ingestAll(ObjectEvents.objects(event), timeIsOver);
    } catch (UnknownEventException e) {
      throw new IOException(e.getMessage(), e);
    }
    JSON.writeValue(output, JSON.createObjectNode());
  }

  private ObjectNode failures(List<Message> messages, BooleanSupplier timeIsOver) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode failed = answer.putArray("batchItemFailures");
    for (Message message : messages) {
      try {
        if (timeIsOver.getAsBoolean()) {
          throw new ProducerException("The time of the function is over: the message comes again.");
        }
        ingestAll(objects(message), timeIsOver);
      } catch (ProducerException e) {
        LOG.atError().addKeyValue("message", message.id()).setCause(e).log("A message failed");
        failed.addObject().put("itemIdentifier", message.id());
      }
    }
    return answer;
  }

  private List<ObjectVersion> objects(Message message) {
    try {
      return ObjectEvents.objects(message.body());
    } catch (UnknownEventException e) {
      byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
      String place = "message " + message.id();
      deadLetters.keep(List.of(new DeadLetter("object", place, null, e.getMessage(), body)));
      return List.of();
    }
  }

  private void ingestAll(List<ObjectVersion> objects, BooleanSupplier timeIsOver) {
    for (ObjectVersion object : objects) {
      ObjectOutcome outcome = ingest.ingest(object, timeIsOver);
      LOG.atInfo()
          .addKeyValue("object", object.address())
          .addKeyValue("outcome", outcome)
          .log("Object handled");
      if (outcome instanceof Unfinished unfinished) {
        throw new ProducerException(
            "Object "
                + object.address()
                + " is sent up to byte "
                + unfinished.position()
                + ": the next try goes on there.");
      }
    }
  }
}
