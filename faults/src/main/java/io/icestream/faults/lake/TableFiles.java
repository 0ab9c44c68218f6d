/* SPDX-License-Identifier: MIT */
package io.icestream.faults.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/** The files that a table needs, and those that are there. */
final class TableFiles {
  private final Table table;
  private final Set<String> needed = new TreeSet<>();
  private final Set<String> missing = new TreeSet<>();

  TableFiles(Table table) {
    this.table = table;
    TableMetadata metadata = ((BaseTable) table).operations().current();
    need(metadata.metadataFileLocation());
    metadata.previousFiles().forEach(file -> need(file.file()));
    table.snapshots().forEach(this::needFilesOf);
  }

  /** Files that the retained snapshots need and that are not there. */
  List<String> missing() {
    return List.copyOf(missing);
  }

  /**
   * Files in the table's folder that nothing refers to. Only of tables in the local file system;
   * none of others.
   */
  List<String> leftOver() {
    URI location = URI.create(table.location());
    if (location.getScheme() != null && !location.getScheme().equals("file")) {
      return List.of();
    }
    Path folder = Path.of(location.getPath());
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> known = new TreeSet<>();
      needed.forEach(file -> known.add(URI.create(file).getPath()));
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .map(Path::toString)
          .filter(file -> !known.contains(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of " + table.name() + " cannot be listed", e);
    }
  }

  private void needFilesOf(Snapshot snapshot) {
    if (need(snapshot.manifestListLocation())) {
      snapshot.allManifests(table.io()).forEach(this::needFilesOf);
    }
  }

  private void needFilesOf(ManifestFile manifest) {
    if (needed.contains(manifest.path()) || !need(manifest.path())) {
      return;
    }
    try (ManifestReader<? extends ContentFile<?>> reader =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, table.io(), table.specs())
            : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
      reader.forEach(file -> need(file.location()));
    } catch (IOException e) {
      throw new UncheckedIOException("Manifest " + manifest.path() + " cannot be closed", e);
    }
  }

  /** Takes note of a file; whether it is there. */
  private boolean need(String file) {
    needed.add(file);
    boolean there = table.io().newInputFile(file).exists();
    if (!there) {
      missing.add(file + " is missing");
    }
    return there;
  }
}
