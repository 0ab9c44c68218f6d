/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.bench.lake.Lake;
import io.icestream.bench.workload.Column;
import io.icestream.bench.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Decodes the rows of one commit and writes them again and again, as many commits as the topic
 * would need, one file each. What the decoding costs does not grow with the number of rows, so that
 * it is no part of the marginal cost.
 */
final class ReadyRowsJob {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private ReadyRowsJob() {}

  public static void main(String[] arguments) throws IOException {
    JobFile job = JobFile.read(Path.of(arguments[0]));
    long rows = job.number("rows");
    int most = (int) Math.min(rows, job.number("commit.rows"));
    List<InternalRow> ready = decode(job, most);
    try (JdbcCatalog catalog = new Lake(Path.of(job.get("folder")).resolve("lake")).open()) {
      Table table = catalog.loadTable(Lake.TABLE);
      StructType type = SparkSchemaUtil.convert(table.schema());
      int commit = 0;
      for (long left = rows; left > 0; left -= Math.min(left, most)) {
        AppendFiles append = table.newFastAppend();
        append.appendFile(
            write(table, type, ready.subList(0, (int) Math.min(left, most)), commit++));
        append.commit();
      }
    }
  }

  private static DataFile write(Table table, StructType type, List<InternalRow> rows, int task)
      throws IOException {
    PartitionKey day = new PartitionKey(table.spec(), table.schema());
    int time = table.spec().fields().get(0).sourceId() - 1;
    day.set(0, (int) Math.floorDiv(rows.get(0).getLong(time), MICROS_PER_DAY));
    DataWriter<InternalRow> writer =
        Parquet.writeData(
                OutputFileFactory.builderFor(table, 0, task)
                    .build()
                    .newOutputFile(table.spec(), day)
                    .encryptingOutputFile())
            .forTable(table)
            .withPartition(day)
            .createWriterFunc(parquet -> SparkParquetWriters.buildWriter(type, parquet))
            .overwrite()
            .build();
    try (writer) {
      rows.forEach(writer::write);
    }
    return writer.toDataFile();
  }

  private static List<InternalRow> decode(JobFile job, int rows) {
    List<Column> columns = Workload.of(job.get("workload")).orElseThrow().shape().columns();
    List<InternalRow> decoded = new ArrayList<>(rows);
    TopicReader.read(
        job,
        rows,
        records -> {
          for (ConsumerRecord<byte[], byte[]> record : records) {
            if (decoded.size() < rows) {
              decoded.add(row(columns, record.value()));
            }
          }
        });
    return decoded;
  }

  private static InternalRow row(List<Column> columns, byte[] json) {
    try {
      JsonNode node = JSON.readTree(json);
      Object[] values = new Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        JsonNode value = node.path(columns.get(i).name());
        values[i] = value.isNull() || value.isMissingNode() ? null : value(columns.get(i), value);
      }
      return new GenericInternalRow(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object value(Column column, JsonNode value) {
    return switch (column.type()) {
      case STRING -> UTF8String.fromString(value.textValue());
      case LONG -> value.longValue();
      case INT -> value.intValue();
      case DOUBLE -> value.doubleValue();
      case BOOLEAN -> value.booleanValue();
      case TIMESTAMP -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(value.textValue()));
    };
  }
}
