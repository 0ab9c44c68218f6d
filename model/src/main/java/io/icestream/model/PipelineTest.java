/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An example of what a pipeline does: rows that are given and rows that are expected. Values are
 * texts, {@link java.math.BigDecimal}s, booleans, nulls, lists and maps with text keys, as the YAML
 * has them.
 *
 * @param location where it stands in the file
 * @param name says what is shown
 * @param given records by source, rows by lookup. A map is a record with these fields, in the
 *     source's format; a text is the payload itself
 * @param expect rows by table, the quarantine table among them. An expected row names the columns
 *     that matter; tables that are not named are not looked at
 */
public record PipelineTest(
    Location location,
    String name,
    Map<String, List<Object>> given,
    Map<String, List<Map<String, Object>>> expect) {
  public PipelineTest {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(name, "name");
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
  }
}
