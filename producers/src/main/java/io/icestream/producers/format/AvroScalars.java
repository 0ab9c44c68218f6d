/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import static io.icestream.producers.format.AvroFields.require;
import static io.icestream.producers.format.AvroFields.unfit;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Values without parts, of Avro schemas from JSON. */
final class AvroScalars {

  private static final long MILLIS = 1_000;
  private static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000_000_000;

  /** As long as a number of JSON may be. */
  private static final int LONGEST_NUMBER = 1_000;

  private AvroScalars() {}

  static Object value(JsonNode json, Schema schema, String path) throws UnfitRecordException {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case NULL -> {
        require(json.isNull(), json, "null", path);
        yield null;
      }
      case BOOLEAN -> {
        require(json.isBoolean(), json, "a boolean", path);
        yield json.booleanValue();
      }
      case INT -> {
        if (logical instanceof LogicalTypes.Date && json.isTextual()) {
          yield date(json, path);
        }
        require(json.isIntegralNumber() && json.canConvertToInt(), json, "an int", path);
        yield json.intValue();
      }
      case LONG -> {
        if (logical instanceof LogicalTypes.TimestampMillis && json.isTextual()) {
          yield instant(json, MILLIS, path);
        }
        if (logical instanceof LogicalTypes.TimestampMicros && json.isTextual()) {
          yield instant(json, MICROS, path);
        }
        require(json.isIntegralNumber() && json.canConvertToLong(), json, "a long", path);
        yield json.longValue();
      }
      case FLOAT -> (float) number(json, true, path);
      case DOUBLE -> number(json, false, path);
      case STRING -> {
        require(json.isTextual(), json, "a text", path);
        if (logical == LogicalTypes.uuid()) {
          requireUuid(json, path);
        }
        yield json.textValue();
      }
      case RECORD, ENUM, ARRAY, MAP, UNION, FIXED, BYTES ->
          throw new IllegalArgumentException("No scalar: " + schema.getType());
    };
  }

  /** A decimal, or what base64 stands for. */
  static byte[] bytes(JsonNode json, Schema schema, String path) throws UnfitRecordException {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      byte[] unscaled = unscaled(json, decimal, path).toByteArray();
      return schema.getType() == Schema.Type.FIXED
          ? signExtended(unscaled, schema.getFixedSize(), json, path)
          : unscaled;
    }
    require(json.isTextual(), json, "bytes in base64", path);
    try {
      return Base64.getDecoder().decode(json.textValue());
    } catch (IllegalArgumentException e) {
      throw unfit(json, "bytes in base64", path);
    }
  }

  /** Fractions become the nearest value; a whole number must be kept as it is. */
  private static double number(JsonNode json, boolean single, String path)
      throws UnfitRecordException {
    String name = single ? "a float" : "a double";
    // A double here is one that is too large, all others are decimals
    require(json.isNumber() && !json.isDouble(), json, name, path);
    double value = single ? json.decimalValue().floatValue() : json.decimalValue().doubleValue();
    require(Double.isFinite(value), json, name, path);
    if (json.isIntegralNumber()) {
      boolean kept = new BigDecimal(value).compareTo(json.decimalValue()) == 0;
      require(kept, json, name + ", which cannot hold this number", path);
    }
    return value;
  }

  private static BigInteger unscaled(JsonNode json, LogicalTypes.Decimal decimal, String path)
      throws UnfitRecordException {
    String expected =
        "a decimal with "
            + decimal.getPrecision()
            + " digits, "
            + decimal.getScale()
            + " of them"
            + " behind the point";
    boolean text = json.isTextual() && json.textValue().length() <= LONGEST_NUMBER;
    require(json.isNumber() || text, json, expected, path);
    try {
      BigDecimal value = json.isNumber() ? json.decimalValue() : new BigDecimal(json.textValue());
      // The digits that it would be written with: a large exponent must not be written out
      long whole = (long) value.precision() - value.scale();
      long written = value.signum() == 0 ? 0 : whole + decimal.getScale();
      require(written <= decimal.getPrecision(), json, expected, path);
      require(value.signum() == 0 || whole > -decimal.getScale(), json, expected, path);
      BigDecimal at = value.signum() == 0 ? BigDecimal.ZERO : value;
      return at.setScale(decimal.getScale()).unscaledValue();
    } catch (ArithmeticException | NumberFormatException e) {
      throw unfit(json, expected, path);
    }
  }

  private static byte[] signExtended(byte[] value, int size, JsonNode json, String path)
      throws UnfitRecordException {
    require(value.length <= size, json, "a decimal of " + size + " bytes", path);
    byte[] all = new byte[size];
    Arrays.fill(all, (byte) (value[0] < 0 ? -1 : 0));
    System.arraycopy(value, 0, all, size - value.length, value.length);
    return all;
  }

  private static int date(JsonNode json, String path) throws UnfitRecordException {
    try {
      return Math.toIntExact(LocalDate.parse(json.textValue()).toEpochDay());
    } catch (DateTimeException | ArithmeticException e) {
      throw unfit(json, "a date such as 2026-01-31, or its day since 1970", path);
    }
  }

  private static long instant(JsonNode json, long perSecond, String path)
      throws UnfitRecordException {
    String expected =
        "a time such as 2026-01-31T12:00:00Z with at most "
            + (perSecond == MILLIS ? 3 : 6)
            + " digits of its second, or its number since 1970";
    try {
      Instant time = OffsetDateTime.parse(json.textValue()).toInstant();
      require(time.getNano() % (NANOS / perSecond) == 0, json, expected, path);
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), perSecond),
          time.getNano() / (NANOS / perSecond));
    } catch (DateTimeException | ArithmeticException e) {
      throw unfit(json, expected, path);
    }
  }

  private static void requireUuid(JsonNode json, String path) throws UnfitRecordException {
    try {
      boolean same = UUID.fromString(json.textValue()).toString().equalsIgnoreCase(json.asText());
      require(same, json, "a UUID", path);
    } catch (IllegalArgumentException e) {
      throw unfit(json, "a UUID", path);
    }
  }
}
