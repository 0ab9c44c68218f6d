/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.KafkaDefinition.Start;
import io.icestream.model.Location;
import io.icestream.spark.plan.SourcePlan;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * The bad inputs of one format. A format takes part in the suite by being listed in {@link
 * HostileInputTest}.
 */
interface HostileFormat {

  /** How the inputs are decoded. */
  SourcePlan plan();

  /** The inputs, the same each time, no two with the same bytes. */
  List<HostileInput> inputs();

  /** A plan without event times. */
  static SourcePlan plan(FormatDefinition format, StructType columns) {
    return new SourcePlan(
        Location.START,
        "s",
        new KafkaDefinition("topic", Start.EARLIEST),
        format,
        columns,
        Optional.empty(),
        Optional.empty());
  }
}
