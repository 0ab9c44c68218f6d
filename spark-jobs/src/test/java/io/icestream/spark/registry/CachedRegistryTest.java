/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.registry.WriterSchema.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CachedRegistryTest {
  private static final SchemaId ID = new SchemaId.Numbered(7);
  private static final WriterSchema SCHEMA = WriterSchema.of(Language.AVRO, "\"string\"");

  private final Map<SchemaId, WriterSchema> known = new HashMap<>();
  private final List<SchemaId> asked = new ArrayList<>();
  private long now;
  private boolean away;
  private final CachedRegistry cached = new CachedRegistry(this::answer, () -> now);

  @Test
  void asksOnceForASchema() {
    // given
    known.put(ID, SCHEMA);

    // when
    var first = cached.byId(ID);
    now += Long.MAX_VALUE / 2;
    away = true;
    var second = cached.byId(ID);

    // then
    assertThat(first).contains(SCHEMA).isEqualTo(second);
    assertThat(asked).hasSize(1);
  }

  @Test
  void forgetsAfterAWhileThatThereIsNone() {
    // given
    assertThat(cached.byId(ID)).isEmpty();
    known.put(ID, SCHEMA);

    // when, then
    now += CachedRegistry.ABSENT_FOR.toNanos() - 1;
    assertThat(cached.byId(ID)).as("within the time").isEmpty();
    assertThat(asked).hasSize(1);
    now += 1;
    assertThat(cached.byId(ID)).as("after it").contains(SCHEMA);
    assertThat(asked).hasSize(2);
  }

  @Test
  void remembersNoFailure() {
    // given
    known.put(ID, SCHEMA);
    away = true;
    assertThatThrownBy(() -> cached.byId(ID)).isInstanceOf(RegistryUnavailableException.class);

    // when
    away = false;

    // then
    assertThat(cached.byId(ID)).contains(SCHEMA);
  }

  @Test
  void remembersABoundedNumberOfAbsentSchemas() {
    // given
    for (int i = 0; i <= CachedRegistry.ABSENT_AT_MOST; i++) {
      assertThat(cached.byId(new SchemaId.Numbered(i))).isEmpty();
    }
    asked.clear();

    // when
    cached.byId(new SchemaId.Numbered(CachedRegistry.ABSENT_AT_MOST)).ifPresent(s -> fail());
    cached.byId(new SchemaId.Numbered(0)).ifPresent(s -> fail());

    // then
    assertThat(asked).as("only the oldest was forgotten").containsExactly(new SchemaId.Numbered(0));
  }

  private static void fail() {
    throw new AssertionError("there is no schema");
  }

  private Optional<WriterSchema> answer(SchemaId id) {
    asked.add(id);
    if (away) {
      throw new RegistryUnavailableException("away");
    }
    return Optional.ofNullable(known.get(id));
  }
}
