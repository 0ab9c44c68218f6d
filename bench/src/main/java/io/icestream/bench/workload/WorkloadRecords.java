/* SPDX-License-Identifier: MIT */
package io.icestream.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.icestream.producers.record.OutgoingRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * The records of a workload in its encoding. Sums up the rows that a table of them has to hold, by
 * a parser that no measured system uses.
 */
public final class WorkloadRecords implements Iterator<OutgoingRecord> {
  private static final ObjectReader JSON = new ObjectMapper().reader();

  private final Encoding encoding;
  private final List<Column> columns;
  private final Iterator<OutgoingRecord> source;
  private final RowChecksum checksum;
  private final Schema avro;
  private final GenericDatumWriter<GenericRecord> avroWriter;
  private final ByteArrayOutputStream avroBytes = new ByteArrayOutputStream(512);
  private BinaryEncoder avroEncoder;
  private long bytes;

  /**
   * @param rows how many, at least 1
   * @param seed chooses their content
   */
  public WorkloadRecords(Workload workload, long rows, long seed) {
    this.encoding = workload.encoding();
    this.columns = workload.shape().columns();
    this.source = workload.json(rows, seed);
    this.checksum = new RowChecksum(workload.shape());
    this.avro = new Schema.Parser().parse(workload.shape().avro());
    this.avroWriter = new GenericDatumWriter<>(avro);
  }

  @Override
  public boolean hasNext() {
    return source.hasNext();
  }

  @Override
  public OutgoingRecord next() {
    OutgoingRecord record = source.next();
    try {
      Object[] row = row(JSON.readTree(record.value()));
      checksum.add(row);
      OutgoingRecord encoded =
          encoding == Encoding.JSON
              ? record
              : new OutgoingRecord(record.key(), avro(row), record.recordClass());
      bytes += encoded.value().length;
      return encoded;
    } catch (IOException e) {
      throw new UncheckedIOException("A simulated record is no JSON", e);
    }
  }

  /** The rows of the records taken so far. */
  public RowChecksum checksum() {
    return checksum;
  }

  /** Bytes of the values of the records taken so far. */
  public long bytes() {
    return bytes;
  }

  private Object[] row(JsonNode json) {
    Object[] row = new Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      JsonNode value = json.path(columns.get(i).name());
      row[i] = value.isNull() || value.isMissingNode() ? null : value(columns.get(i), value);
    }
    return row;
  }

  private static Object value(Column column, JsonNode value) {
    return switch (column.type()) {
      case STRING -> value.textValue();
      case LONG, INT -> value.longValue();
      case DOUBLE -> value.doubleValue();
      case BOOLEAN -> value.booleanValue();
      case TIMESTAMP -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(value.textValue()));
    };
  }

  private byte[] avro(Object[] row) throws IOException {
    GenericRecord record = new GenericData.Record(avro);
    for (int i = 0; i < row.length; i++) {
      boolean narrow = columns.get(i).type() == ColumnType.INT && row[i] != null;
      record.put(i, narrow ? (Object) ((Long) row[i]).intValue() : row[i]);
    }
    avroBytes.reset();
    avroEncoder = EncoderFactory.get().directBinaryEncoder(avroBytes, avroEncoder);
    avroWriter.write(record, avroEncoder);
    return avroBytes.toByteArray();
  }
}
