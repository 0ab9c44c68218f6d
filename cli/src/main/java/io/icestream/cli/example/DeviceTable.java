/* SPDX-License-Identifier: MIT */
package io.icestream.cli.example;

import io.icestream.producers.simulate.Device;
import io.icestream.producers.simulate.Fleet;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
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

/** The lookup table {@code ref.devices}: the simulated fleet's model and site. */
public final class DeviceTable {
  private static final TableIdentifier TABLE = TableIdentifier.of("ref", "devices");
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "device_id", Types.StringType.get()),
          Types.NestedField.optional(2, "model", Types.StringType.get()),
          Types.NestedField.optional(3, "site", Types.StringType.get()),
          Types.NestedField.optional(4, "firmware", Types.StringType.get()),
          Types.NestedField.optional(5, "installed", Types.DateType.get()));

  private DeviceTable() {}

  /**
   * Creates and fills the table if it is absent.
   *
   * @param catalogProperties properties of the Iceberg catalog
   * @return whether it was absent
   */
  public static boolean createIfAbsent(Map<String, String> catalogProperties) {
    Catalog catalog =
        CatalogUtil.buildIcebergCatalog("lake", catalogProperties, new Configuration());
    try {
      return createIfAbsent(catalog);
    } catch (IOException e) {
      throw new UncheckedIOException("Table " + TABLE + " cannot be written", e);
    } finally {
      close(catalog);
    }
  }

  private static boolean createIfAbsent(Catalog catalog) throws IOException {
    if (catalog.tableExists(TABLE)) {
      return false;
    }
    Namespace namespace = TABLE.namespace();
    if (catalog instanceof SupportsNamespaces all && !all.namespaceExists(namespace)) {
      all.createNamespace(namespace);
    }
    Map<String, String> properties = Map.of("format-version", "2");
    fill(catalog.createTable(TABLE, SCHEMA, PartitionSpec.unpartitioned(), properties));
    return true;
  }

  private static void close(Catalog catalog) {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException("The catalog cannot be closed", e);
      }
    }
  }

  private static void fill(Table table) throws IOException {
    String location =
        table.locationProvider().newDataLocation("fleet-" + UUID.randomUUID() + ".parquet");
    DataWriter<Record> writer =
        Parquet.writeData(table.io().newOutputFile(location))
            .forTable(table)
            .createWriterFunc(GenericParquetWriter::create)
            .build();
    try (writer) {
      Fleet.ofDefaultSize().devices().forEach(device -> writer.write(row(device)));
    }
    DataFile file = writer.toDataFile();
    table.newFastAppend().appendFile(file).commit();
  }

  private static Record row(Device device) {
    return GenericRecord.create(SCHEMA)
        .copy(
            Map.of(
                "device_id", device.deviceId(),
                "model", device.model(),
                "site", device.site(),
                "firmware", device.firmware(),
                "installed", device.installed()));
  }
}
