/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.controller.decide.Action.Rest;
import io.icestream.controller.decide.Action.Status;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * How many pipelines are how, as a line of log that CloudWatch makes metrics of: {@code
 * HaltedPipelines} and {@code BehindPipelines} in the namespace {@code Icestream}, by stage. The
 * line also says how each pipeline is.
 *
 * @param stage which deployment
 * @param clock the time of the line
 */
record StatusMetrics(String stage, Clock clock) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Status> COUNTED = List.of(Status.HALTED, Status.BEHIND);

  String line(SortedMap<String, Rest> rests) {
    List<Map<String, String>> metrics = new ArrayList<>();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("stage", stage);
    for (Status status : COUNTED) {
      line.put(name(status), rests.values().stream().filter(r -> r.status() == status).count());
      metrics.add(Map.of("Name", name(status), "Unit", "Count"));
    }
    line.put(
        "_aws",
        Map.of(
            "Timestamp",
            clock.millis(),
            "CloudWatchMetrics",
            List.of(
                Map.of(
                    "Namespace",
                    "Icestream",
                    "Dimensions",
                    List.of(List.of("stage")),
                    "Metrics",
                    metrics))));
    Map<String, String> pipelines = new LinkedHashMap<>();
    rests.forEach((name, rest) -> pipelines.put(name, rest.status() + ": " + rest.reason()));
    line.put("pipelines", pipelines);
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts and numbers can be written", e);
    }
  }

  private static String name(Status status) {
    String text = status.name();
    return text.charAt(0) + text.substring(1).toLowerCase(Locale.ROOT) + "Pipelines";
  }
}
