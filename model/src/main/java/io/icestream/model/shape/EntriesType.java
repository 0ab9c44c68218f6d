/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** A mapping of names that the user gives. */
public final class EntriesType<T> implements Type<Entries<T>> {
  private final String kind;
  private final Type<T> value;
  private final Optional<NameForm> form;
  private final int least;
  private final Optional<Most> most;

  /**
   * What a name has to look like.
   *
   * @param pattern in the syntax that Java and ECMAScript share
   * @param complaint what is wrong with another name
   */
  public record NameForm(String pattern, ParsedText.Complaint complaint) {}

  private record Most(int count, ParsedText.Complaint complaint) {}

  private EntriesType(
      String kind, Type<T> value, Optional<NameForm> form, int least, Optional<Most> most) {
    this.kind = kind;
    this.value = value;
    this.form = form;
    this.least = least;
    this.most = most;
  }

  /**
   * @param kind what an entry is, for messages; empty: a value of its mapping
   * @param value what a name stands for
   */
  public static <T> EntriesType<T> of(String kind, Type<T> value) {
    return new EntriesType<>(kind, value, Optional.empty(), 0, Optional.empty());
  }

  /** The same, with names of a certain form. */
  public EntriesType<T> named(NameForm names) {
    return new EntriesType<>(kind, value, Optional.of(names), least, most);
  }

  /** The same, with at least one entry. */
  public EntriesType<T> notEmpty() {
    return new EntriesType<>(kind, value, form, 1, most);
  }

  /** The same, with no more entries than this. */
  public EntriesType<T> atMost(int count, ParsedText.Complaint complaint) {
    return new EntriesType<>(kind, value, form, least, Optional.of(new Most(count, complaint)));
  }

  @Override
  public Optional<Entries<T>> read(Node node, Subject subject, Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      Shape.reportNoMapping(node, subject, reading);
      return Optional.empty();
    }
    List<Entries.Entry<T>> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Optional<String> name = Shape.keyName(tuple.getKeyNode(), subject, reading);
      if (name.isPresent() && !seen.add(name.get())) {
        Shape.reportTwin(name.get(), tuple.getKeyNode(), subject, reading);
      } else if (name.isPresent()) {
        entries.add(entry(name.get(), tuple, subject, reading));
      }
    }
    most.ifPresent(
        m ->
            entries.stream()
                .skip(m.count())
                .forEach(
                    extra ->
                        reading
                            .problems()
                            .add(
                                extra.location(),
                                m.complaint().about(sentence(kind), "'" + extra.name() + "'"))));
    if (entries.size() < least) {
      reading.problems().add(node, subject.value() + " is empty. Add at least one " + kind + ".");
    }
    return Optional.of(new Entries<>(entries));
  }

  private Entries.Entry<T> entry(String name, NodeTuple tuple, Subject subject, Reading reading) {
    Location location = Problems.location(tuple.getKeyNode());
    String subjectName = kind.isEmpty() ? "" : kind + " '" + name + "'";
    if (form.isPresent() && !name.matches(form.get().pattern())) {
      reading
          .problems()
          .add(location, form.get().complaint().about(sentence(subjectName), "'" + name + "'"));
    }
    Subject each = kind.isEmpty() ? subject.key(name) : Subject.named(subjectName);
    Node node = tuple.getValueNode();
    Optional<Written<T>> written =
        value
            .read(node, each, reading)
            .map(v -> new Written<>(v, Problems.location(node), Values.shown(node)));
    return new Entries.Entry<>(name, location, written);
  }

  private static String sentence(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> schema =
        Json.object("type", "object", "additionalProperties", value.schema());
    form.ifPresent(
        f -> schema.put("propertyNames", Json.object("pattern", "^(" + f.pattern() + ")$")));
    if (least > 0) {
      schema.put("minProperties", least);
    }
    most.ifPresent(m -> schema.put("maxProperties", m.count()));
    return schema;
  }

  @Override
  public String label() {
    return "mapping of names to " + value.label();
  }

  /** What a name stands for. */
  public Type<T> value() {
    return value;
  }
}
