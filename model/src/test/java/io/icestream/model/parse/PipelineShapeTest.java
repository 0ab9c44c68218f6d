/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.icestream.model.Parameters;
import io.icestream.model.shape.ChoiceType;
import io.icestream.model.shape.ConstantType;
import io.icestream.model.shape.EntriesType;
import io.icestream.model.shape.Json;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.ListType;
import io.icestream.model.shape.Problems;
import io.icestream.model.shape.Reading;
import io.icestream.model.shape.Shape;
import io.icestream.model.shape.Subject;
import io.icestream.model.shape.Type;
import io.icestream.model.shape.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.Node;

/** What the shapes say about themselves: each key is described, and what it shows is right. */
class PipelineShapeTest {
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

  /** A key and the path to it. */
  private record Place(String path, Key<?> key) {
    @Override
    public String toString() {
      return path;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void describesEachKey(Place place) {
    assertThat(place.key().fullDescription()).matches("(?s)[A-Z].{6,}\\.").doesNotContain("  ");
    assertThat(place.key().absent()).isNotBlank();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scalars")
  void showsAnExampleOfEachKeyWhoseValuesAreNotNamed(Place place) {
    assertThat(place.key().examples()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void showsExamplesThatSchemaAndParserAccept(Place place) throws JsonProcessingException {
    for (Object example : place.key().examples()) {
      String json = Json.text(example);
      assertThat(
              SCHEMAS
                  .getSchema(Json.text(place.key().type().schema()))
                  .validate(new ObjectMapper().readTree(json)))
          .as("what the schema says to %s", json)
          .isEmpty();
      assertThat(read(place.key(), json)).as("what the parser reads of %s", json).isPresent();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void namesTheDefaultThatItHas(Place place) {
    place
        .key()
        .writtenDefault()
        .ifPresent(
            written ->
                assertThat(read(place.key(), Json.text(written)).map(Object.class::cast))
                    .isEqualTo(place.key().fallback()));
  }

  static List<Place> keys() {
    List<Place> places = new ArrayList<>();
    collect("", PipelineShape.PIPELINE, places);
    return places;
  }

  static List<Place> scalars() {
    return keys().stream()
        .filter(place -> !(place.key().type() instanceof ChoiceType))
        .filter(place -> !(place.key().type() instanceof ConstantType))
        .filter(place -> !isMapping(place.key().type()))
        .toList();
  }

  private static boolean isMapping(Type<?> type) {
    return type instanceof Shape
        || type instanceof Variants
        || type instanceof EntriesType
        || (type instanceof ListType<?> list && isMapping(list.item()));
  }

  private static void collect(String path, Type<?> type, List<Place> places) {
    if (type instanceof Shape shape) {
      for (Key<?> key : shape.keys()) {
        places.add(new Place(path + key.name(), key));
        collect(path + key.name() + ".", key.type(), places);
      }
    } else if (type instanceof Variants variants) {
      variants.shapes().forEach((name, shape) -> collect(path + name + ".", shape, places));
    } else if (type instanceof EntriesType<?> entries) {
      collect(path + "NAME.", entries.value(), places);
    } else if (type instanceof ListType<?> list) {
      collect(path, list.item(), places);
    }
  }

  private static <T> Optional<T> read(Key<T> key, String json) {
    Problems problems = new Problems();
    Node node = new Compose(LoadSettings.builder().build()).composeString(json).orElseThrow();
    Optional<T> value =
        key.type()
            .read(
                node,
                Subject.named("the value"),
                new Reading(problems, new Parameters(name -> Optional.empty(), Map.of())));
    return problems.isEmpty() ? value : Optional.empty();
  }
}
