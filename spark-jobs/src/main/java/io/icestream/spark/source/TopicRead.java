/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads the slices of a task, one after the other, as rows with the columns of {@link RawRecord}.
 * Each row is the one before it, filled anew.
 */
final class TopicRead implements FlatMapFunction<Iterator<List<TopicSlice>>, InternalRow> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final String topicId;
  private final Map<String, String> client;

  TopicRead(KafkaTopic topic, Map<String, String> client) {
    this.topic = topic.name();
    this.topicId = topic.id();
    this.client = Map.copyOf(client);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<List<TopicSlice>> shares) {
    return shares.hasNext() ? new Rows(shares.next()) : Collections.emptyIterator();
  }

  private final class Rows implements Iterator<InternalRow> {
    private final Iterator<TopicSlice> slices;
    private final UTF8String name = UTF8String.fromString(topic);
    private final InternalRow row = new SpecificInternalRow(RawRecord.COLUMNS);
    private Iterator<ConsumerRecord<byte[], byte[]>> records = Collections.emptyIterator();
    private PartitionReaders.Key key;
    private PartitionReader reader;

    Rows(List<TopicSlice> slices) {
      this.slices = slices.iterator();
      TaskContext task = TaskContext.get();
      if (task != null) {
        task.addTaskCompletionListener((TaskCompletionListener) ended -> abandon());
      }
    }

    @Override
    public boolean hasNext() {
      while (!records.hasNext()) {
        if (reader != null) {
          PartitionReaders.giveBack(key, reader);
          reader = null;
        }
        if (!slices.hasNext()) {
          return false;
        }
        TopicSlice slice = slices.next();
        TopicPartition partition = new TopicPartition(topic, slice.partition());
        key = new PartitionReaders.Key(client, topicId, partition);
        reader = PartitionReaders.take(key);
        records = reader.read(slice);
      }
      return true;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      ConsumerRecord<byte[], byte[]> record = records.next();
      row.update(RawRecord.KEY, record.key());
      row.update(RawRecord.VALUE, record.value());
      row.update(RawRecord.TOPIC, name);
      row.setInt(RawRecord.PARTITION, record.partition());
      row.setLong(RawRecord.OFFSET, record.offset());
      row.setLong(RawRecord.TIMESTAMP, TimeUnit.MILLISECONDS.toMicros(record.timestamp()));
      row.setInt(RawRecord.TIMESTAMP_TYPE, record.timestampType().id);
      row.update(RawRecord.HEADERS, headers(record.headers()));
      return row;
    }

    /** A task that ends early may have failed in the middle of anything. */
    private void abandon() {
      if (reader != null) {
        reader.close();
        reader = null;
      }
    }
  }

  private static GenericArrayData headers(Headers headers) {
    Header[] all = headers.toArray();
    if (all.length == 0) {
      return null;
    }
    Object[] rows = new Object[all.length];
    for (int i = 0; i < all.length; i++) {
      rows[i] =
          new GenericInternalRow(
              new Object[] {UTF8String.fromString(all[i].key()), all[i].value()});
    }
    return new GenericArrayData(rows);
  }
}
