/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import io.icestream.model.LookupDefinition;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Mode;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The tables that a pipeline touches.
 *
 * @param written tables that it makes and writes, those of Icestream's own among them
 * @param families what the names of its routed tables begin with: it makes and writes all of them
 * @param read tables that it only reads
 * @param quarantine where its rejected records go; among those it writes
 */
public record PipelineTables(
    SortedSet<Name> written, SortedSet<Name> families, SortedSet<Name> read, Name quarantine) {
  /** What both Glue and S3 Tables take, and Athena without quotes. */
  private static final Pattern PART = Pattern.compile("[a-z0-9_]{1,128}");

  /**
   * The tables of a pipeline.
   *
   * @throws UnfitPipelineException if a catalog of AWS cannot have a table of that name
   */
  public static PipelineTables of(PipelineDefinition pipeline) {
    SortedSet<Name> written = new TreeSet<>();
    SortedSet<Name> families = new TreeSet<>();
    for (SinkDefinition sink : pipeline.sinks().values()) {
      Name name = name(pipeline, sink.table());
      written.add(name);
      if (sink.mode() == Mode.CDC) {
        written.add(name.with("_deletions"));
      }
      if (sink.route().isPresent()) {
        families.add(name.with("_"));
      }
    }
    Name quarantine = name(pipeline, pipeline.quarantine().table());
    written.add(quarantine);
    written.add(quarantine.with("_gaps"));
    SortedSet<Name> read = new TreeSet<>();
    for (LookupDefinition lookup : pipeline.lookups().values()) {
      read.add(name(pipeline, lookup.table()));
    }
    read.removeAll(written);
    return new PipelineTables(written, families, read, quarantine);
  }

  /** The namespaces in which it makes tables. */
  public SortedSet<String> namespaces() {
    SortedSet<String> namespaces = new TreeSet<>();
    written.forEach(table -> namespaces.add(table.namespace()));
    return namespaces;
  }

  private static Name name(PipelineDefinition pipeline, String table) {
    int dot = table.indexOf('.');
    String namespace = dot < 0 ? "" : table.substring(0, dot);
    String name = table.substring(dot + 1);
    if (!PART.matcher(namespace).matches() || !PART.matcher(name).matches()) {
      throw new UnfitPipelineException(
          pipeline.file(),
          "Table '"
              + table
              + "' cannot be had in AWS. Name it NAMESPACE.TABLE, each of at most 128 small letters,"
              + " digits and underscores.");
    }
    return new Name(namespace, name);
  }

  /**
   * A table.
   *
   * @param namespace the database of Glue, the namespace of S3 Tables
   * @param table its name in there
   */
  public record Name(String namespace, String table) implements Comparable<Name> {
    /** The table whose name goes on like this. */
    Name with(String suffix) {
      return new Name(namespace, table + suffix);
    }

    @Override
    public int compareTo(Name other) {
      return Comparator.comparing(Name::namespace).thenComparing(Name::table).compare(this, other);
    }

    @Override
    public String toString() {
      return namespace + "." + table;
    }
  }
}
