/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.PipelineTest;
import io.icestream.model.Problem;
import io.icestream.spark.plan.SourcePlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records that a test gives, as bytes. */
final class GivenPayloads {
  private final PipelineTest test;
  private final List<Problem> problems;

  private GivenPayloads(PipelineTest test, List<Problem> problems) {
    this.test = test;
    this.problems = problems;
  }

  /**
   * Writes the records that a test gives a source.
   *
   * @param test the test
   * @param source the source
   * @param problems takes what cannot be written
   * @return payloads in the order of the test
   */
  static List<byte[]> of(PipelineTest test, SourcePlan source, List<Problem> problems) {
    Optional<RecordEncoder> encoder = RecordEncoder.of(source);
    GivenPayloads payloads = new GivenPayloads(test, problems);
    List<byte[]> written = new ArrayList<>();
    for (Object record : test.given().getOrDefault(source.name(), List.of())) {
      written.add(payloads.write(written.size() + 1, record, source.name(), encoder));
    }
    return written;
  }

  /**
   * Writes the rows that a test gives a lookup, as JSON.
   *
   * @param test the test
   * @param lookup the lookup
   * @param problems takes what cannot be written
   */
  static List<byte[]> ofLookup(PipelineTest test, String lookup, List<Problem> problems) {
    GivenPayloads payloads = new GivenPayloads(test, problems);
    List<byte[]> written = new ArrayList<>();
    for (Object row : test.given().getOrDefault(lookup, List.of())) {
      written.add(payloads.write(written.size() + 1, row, lookup, Optional.of(new JsonEncoder())));
    }
    return written;
  }

  @SuppressWarnings("unchecked")
  private byte[] write(int number, Object record, String name, Optional<RecordEncoder> encoder) {
    if (!(record instanceof Map)) {
      return record.toString().getBytes(StandardCharsets.UTF_8);
    }
    if (encoder.isEmpty()) {
      problem(
          number,
          name,
          "cannot be a mapping in the format of its source. Write the payload itself, as a text");
      return new byte[0];
    }
    try {
      return encoder.get().encode((Map<String, Object>) record);
    } catch (IllegalArgumentException e) {
      problem(number, name, e.getMessage());
      return new byte[0];
    }
  }

  private void problem(int number, String name, String message) {
    problems.add(
        new Problem(
            test.location(),
            "Test '"
                + test.name()
                + "': record "
                + number
                + " of '"
                + name
                + "': "
                + message
                + (message.endsWith(".") ? "" : ".")));
  }
}
