/* SPDX-License-Identifier: MIT */
package io.icestream.producers.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts records out of JSON documents. A record keeps the bytes that it came with: numbers, escapes
 * and spaces are not written anew. Stateless.
 */
public final class JsonRecords {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonRecords() {}

  /**
   * The records of a document: itself if it is an object, or the elements of an array, which may be
   * anything.
   *
   * @throws BadJsonException if the bytes are not exactly one JSON document, in UTF-8, or it is
   *     neither an object nor an array
   */
  public static List<byte[]> of(byte[] document) throws BadJsonException {
    try (JsonParser parser = utf8(document)) {
      JsonToken first = parser.nextToken();
      List<byte[]> records = new ArrayList<>();
      if (first == JsonToken.START_OBJECT) {
        records.add(cut(document, parser));
      } else if (first == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          records.add(cut(document, parser));
        }
      } else {
        throw new BadJsonException(
            first == null
                ? "There is no JSON document: expected an object or an array of objects"
                : "The document is " + name(first) + ": expected an object or an array of objects");
      }
      requireEnd(parser);
      return records;
    } catch (JsonProcessingException e) {
      throw BadJsonException.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Does nothing if the bytes are exactly one JSON object in UTF-8.
   *
   * @throws BadJsonException if they are anything else
   */
  public static void requireObject(byte[] record) throws BadJsonException {
    try (JsonParser parser = utf8(record)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new BadJsonException(
            "The record is " + (first == null ? "empty" : name(first)) + ": expected an object");
      }
      finish(parser);
      requireEnd(parser);
    } catch (JsonProcessingException e) {
      throw BadJsonException.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The text, number or boolean at a pointer, as it is written without quotes.
   *
   * @param document well-formed JSON
   * @return empty if nothing is there, or null, an object or an array
   */
  public static Optional<String> scalarAt(byte[] document, JsonPointer pointer) {
    try (JsonParser parser = at(JsonRecords.parser(document), pointer)) {
      JsonToken token = parser.nextToken();
      return token == null || token == JsonToken.VALUE_NULL || !token.isScalarValue()
          ? Optional.empty()
          : Optional.of(parser.getText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The bytes of the value at a pointer.
   *
   * @return empty if nothing is there
   * @throws BadJsonException if the bytes up to the value's end are not JSON
   */
  public static Optional<byte[]> valueAt(byte[] document, JsonPointer pointer)
      throws BadJsonException {
    if (pointer.matches()) {
      return Optional.of(document);
    }
    try (FilteringParserDelegate parser = at(utf8(document), pointer)) {
      return parser.nextToken() == null
          ? Optional.empty()
          : Optional.of(cut(document, parser.delegate()));
    } catch (JsonProcessingException e) {
      throw BadJsonException.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FilteringParserDelegate at(JsonParser parser, JsonPointer pointer) {
    return new FilteringParserDelegate(
        parser, new JsonPointerBasedFilter(pointer), Inclusion.ONLY_INCLUDE_ALL, false);
  }

  private static JsonParser parser(byte[] document) throws IOException {
    return JSON.createParser(document);
  }

  /** Jackson reads other encodings too, where bytes could not be cut out. */
  private static JsonParser utf8(byte[] document) throws IOException, BadJsonException {
    if (document.length > 0 && (document[0] & 0xFF) >= 0xEF) {
      throw new BadJsonException("The document begins with a byte order mark: leave it out");
    }
    JsonParser parser = parser(document);
    if (!(parser instanceof UTF8StreamJsonParser)) {
      throw new BadJsonException("The document is not in UTF-8");
    }
    return parser;
  }

  /** The bytes of the value whose first token is the current one; the parser ends on its last. */
  private static byte[] cut(byte[] document, JsonParser parser) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    finish(parser);
    return Arrays.copyOfRange(document, from, (int) parser.currentLocation().getByteOffset());
  }

  private static void finish(JsonParser parser) throws IOException {
    if (parser.currentToken().isStructStart()) {
      JsonParser unused = parser.skipChildren();
      if (!parser.currentToken().isStructEnd()) {
        throw new JsonEOFException(
            parser, parser.currentToken(), "The document ends inside of a value");
      }
    } else {
      parser.finishToken();
    }
  }

  private static void requireEnd(JsonParser parser) throws IOException, BadJsonException {
    if (parser.nextToken() != null) {
      throw new BadJsonException(
          "Something follows the end of the document at line "
              + parser.currentTokenLocation().getLineNr()
              + ", column "
              + parser.currentTokenLocation().getColumnNr()
              + ": one record per line needs the content type application/x-ndjson");
    }
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> "no value";
    };
  }
}
