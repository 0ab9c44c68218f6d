/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.Location;
import io.icestream.model.shape.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** YAML to nodes, within limits that no honest pipeline file reaches. */
final class YamlText {
  /** Bytes of a file, characters of a text. */
  static final int MOST_CHARACTERS = 1 << 20;

  /** Mappings and lists in each other. */
  static final int MOST_LEVELS = 50;

  private static final LoadSettings YAML =
      LoadSettings.builder()
          .setAllowDuplicateKeys(true) // reported by the shapes, with all others
          .setCodePointLimit(MOST_CHARACTERS)
          .build();

  private YamlText() {}

  /** The root of the one document; empty, with one problem, if there is none. */
  static Optional<Node> compose(String yaml, Problems problems) {
    if (yaml.length() > MOST_CHARACTERS) {
      problems.add(Location.START, tooLarge());
      return Optional.empty();
    }
    try {
      if (!isWithinLimits(yaml, problems)) {
        return Optional.empty();
      }
      Optional<Node> root = new Compose(YAML).composeString(yaml);
      if (root.isEmpty()) {
        problems.add(Location.START, "The pipeline file is empty. Start it with 'version: 1'.");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      Location at = e.getProblemMark().map(Problems::location).orElse(Location.START);
      problems.add(at, "Not valid YAML: " + e.getProblem() + "." + hint(yaml, at));
    } catch (YamlEngineException e) {
      String reason = e.getMessage().lines().findFirst().orElse("");
      problems.add(Location.START, "Not valid YAML: " + reason + ".");
    }
    return Optional.empty();
  }

  static String tooLarge() {
    return "The pipeline file is larger than 1 MiB. Take data out of it.";
  }

  /**
   * Looks at depth and aliases before nodes are made: depth would exhaust the stack, and aliases of
   * collections can stand for more than memory holds.
   */
  private static boolean isWithinLimits(String yaml, Problems problems) {
    Set<Anchor> collections = new HashSet<>();
    int levels = 0;
    for (Event event : new Parse(YAML).parseString(yaml)) {
      if (event instanceof CollectionStartEvent start) {
        levels++;
        start.getAnchor().ifPresent(collections::add);
      } else if (event instanceof CollectionEndEvent) {
        levels--;
      }
      if (levels > MOST_LEVELS) {
        problems.add(at(event), "More than " + MOST_LEVELS + " levels of mappings and lists.");
        return false;
      }
      if (event instanceof AliasEvent alias && collections.contains(alias.getAlias())) {
        problems.add(
            at(event),
            "'*"
                + alias.getAlias()
                + "' stands for a mapping or a list. Write it out: aliases are for scalars only.");
        return false;
      }
    }
    return true;
  }

  private static Location at(Event event) {
    Optional<Mark> mark = event.getStartMark();
    return mark.map(Problems::location).orElse(Location.START);
  }

  /** Between braces YAML takes the braces of a variable for a mapping. */
  private static String hint(String yaml, Location at) {
    List<String> lines = yaml.lines().toList();
    boolean hasVariable =
        at.line() <= lines.size() && lines.get(at.line() - 1).matches(".*[^\"'$]\\$\\{.*");
    return hasVariable ? " Put a value with ${...} into quotes between { } and [ ]." : "";
  }
}
