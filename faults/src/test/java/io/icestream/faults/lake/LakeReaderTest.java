/* SPDX-License-Identifier: MIT */
package io.icestream.faults.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.faults.oracle.AppendModel;
import io.icestream.faults.oracle.Mark;
import io.icestream.faults.oracle.SinkState;
import io.icestream.faults.oracle.SinkState.Chain;
import io.icestream.faults.oracle.SnapshotState;
import io.icestream.faults.oracle.Violation;
import io.icestream.faults.oracle.Violation.Rule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of two batches, read by Iceberg alone. */
class LakeReaderTest {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "v", Types.LongType.get()));

  @TempDir private Path folder;
  private Catalog catalog;
  private Table table;
  private DataFile first;

  @BeforeEach
  void writeTwoBatches() throws IOException {
    catalog =
        CatalogUtil.buildIcebergCatalog(
            "lake",
            Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + folder.resolve("catalog.db"),
                "jdbc.schema-version",
                "V1",
                "warehouse",
                folder.resolve("warehouse").toUri().toString()),
            new Configuration());
    ((SupportsNamespaces) catalog).createNamespace(Namespace.of("db"));
    table = catalog.createTable(TableIdentifier.of("db", "t"), SCHEMA);
    first = append(1, 0, 1);
    append(2, 1, 2);
  }

  @Test
  void readsRowsAndMarksOfEachSnapshot() {
    SinkState state = read();

    assertThat(state.snapshots()).extracting(SnapshotState::first).containsExactly(true, false);
    assertThat(state.snapshots())
        .extracting(s -> s.mark().map(Mark::to).orElseThrow().toString())
        .containsExactly("{0=1}", "{0=2}");
    assertThat(state.snapshots().get(0).rows()).containsExactly(Map.of("v", "1"));
    assertThat(state.snapshots().get(1).rows())
        .containsExactlyInAnyOrder(Map.of("v", "1"), Map.of("v", "2"));
    assertThat(state.missing()).isEmpty();
    assertThat(state.leftOver()).isEmpty();
  }

  @Test
  void findsAFileThatIsMissing() throws IOException {
    Files.delete(Path.of(URI.create(first.location()).getPath()));

    assertThat(read().missing()).contains(first.location() + " is missing");
    assertThat(checkFiles()).contains(Rule.FILE);
  }

  @Test
  void findsAFileThatNothingRefersTo() throws IOException {
    Path file = Path.of(URI.create(table.location()).getPath()).resolve("data/left.parquet");
    Files.writeString(file, "rows of a dead driver");

    assertThat(read().leftOver()).containsExactly(file.toString());
    assertThat(checkFiles()).containsExactly(Rule.ORPHAN);
  }

  private SinkState read() {
    return new LakeReader(catalog, "p").read("db.t", new AppendModel(), Chain.GAPLESS);
  }

  private Iterable<Rule> checkFiles() {
    return new LakeReader(catalog, "p").checkFiles("db.t").stream().map(Violation::rule).toList();
  }

  private DataFile append(long value, long from, long to) throws IOException {
    String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    DataWriter<Record> writer =
        Parquet.writeData(table.io().newOutputFile(location))
            .forTable(table)
            .createWriterFunc(type -> GenericParquetWriter.create(table.schema(), type))
            .withSpec(table.spec())
            .build();
    try (writer) {
      GenericRecord row = GenericRecord.create(SCHEMA);
      row.setField("v", value);
      writer.write(row);
    }
    DataFile file = writer.toDataFile();
    table
        .newAppend()
        .appendFile(file)
        .set("icestream.p.db.t.from", "{\"partitions\":{\"0\":" + from + "}}")
        .set("icestream.p.db.t.to", "{\"partitions\":{\"0\":" + to + "}}")
        .set("icestream.p.db.t.ledger", "{\"read\":1,\"written\":1}")
        .commit();
    return file;
  }
}
