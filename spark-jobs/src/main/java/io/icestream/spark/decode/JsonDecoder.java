/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.schema.ColumnPath;
import java.io.IOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** One JSON object per record, read strictly against the columns, in one pass over the bytes. */
final class JsonDecoder implements RecordDecoder {
  private static final JsonFactory JSON = new JsonFactory();

  private final StructType columns;
  private final UnknownFields unknownFields;
  private transient Unexpected unexpected;
  private transient JsonObjectReader reader;

  JsonDecoder(StructType columns, UnknownFields unknownFields) {
    this.columns = columns;
    this.unknownFields = unknownFields;
  }

  @Override
  public void report(DriftLog drift) {
    unexpected = Unexpected.of(unknownFields, drift);
    reader = new JsonObjectReader(columns, ColumnPath.ROOT, unexpected);
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    if (reader == null) {
      report(new DriftLog());
    }
    unexpected.start();
    try (JsonParser parser = JSON.createParser(payload)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new Rejection("empty_payload", "The payload has no content");
      }
      if (first != JsonToken.START_OBJECT) {
        throw new Rejection("malformed_json", "Expected an object, found " + first);
      }
      reader.fill(parser, row);
      if (parser.nextToken() != null) {
        throw new Rejection("malformed_json", "There is more after the document");
      }
      unexpected.finish();
    } catch (JsonProcessingException e) {
      throw new Rejection("malformed_json", e.getOriginalMessage());
    } catch (IOException e) {
      throw new Rejection("malformed_json", e.toString());
    }
  }
}
