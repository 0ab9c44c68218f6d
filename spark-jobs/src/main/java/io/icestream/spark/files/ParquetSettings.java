/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import static org.apache.iceberg.TableProperties.PARQUET_COMPRESSION;
import static org.apache.iceberg.TableProperties.PARQUET_COMPRESSION_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_COMPRESSION_LEVEL;
import static org.apache.iceberg.TableProperties.PARQUET_DICT_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_DICT_SIZE_BYTES_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_ROW_LIMIT;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_ROW_LIMIT_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_SIZE_BYTES_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.parquet.ParquetCodecFactory;
import org.apache.iceberg.shaded.org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.iceberg.util.PropertyUtil;

/**
 * What a table's properties say of its Parquet files.
 *
 * @param rowGroup the size of a row group, in bytes
 * @param pages of pages
 * @param dictionaries whether columns may have one
 * @param codec of pages
 * @param level of the codec; empty for its own default
 */
record ParquetSettings(
    long rowGroup,
    ColumnPages.PageLimits pages,
    boolean dictionaries,
    CompressionCodecName codec,
    Optional<String> level) {
  private static final String OWN = "write.parquet.";
  private static final String HADOOP = "parquet.";
  private static final String DICTIONARY = "parquet.enable.dictionary";

  private static final Set<String> KNOWN =
      Set.of(
          PARQUET_ROW_GROUP_SIZE_BYTES,
          PARQUET_PAGE_SIZE_BYTES,
          PARQUET_PAGE_ROW_LIMIT,
          PARQUET_DICT_SIZE_BYTES,
          PARQUET_COMPRESSION,
          PARQUET_COMPRESSION_LEVEL,
          DICTIONARY);

  /** More rows in a page are of no use, and their nulls are counted in advance. */
  private static final int MOST_ROWS = 1 << 20;

  /**
   * The settings of a table.
   *
   * @return empty if it asks for something else, such as Bloom filters, or for what cannot be:
   *     Iceberg's own writer knows all of it, and says what is wrong
   */
  static Optional<ParquetSettings> of(Table table) {
    Map<String, String> properties = table.properties();
    boolean known =
        properties.keySet().stream()
            .filter(key -> key.startsWith(OWN) || key.startsWith(HADOOP))
            .allMatch(KNOWN::contains);
    int group =
        PropertyUtil.propertyAsInt(
            properties, PARQUET_ROW_GROUP_SIZE_BYTES, PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT);
    ColumnPages.PageLimits pages =
        new ColumnPages.PageLimits(
            Math.min(
                PropertyUtil.propertyAsInt(
                    properties, PARQUET_PAGE_ROW_LIMIT, PARQUET_PAGE_ROW_LIMIT_DEFAULT),
                MOST_ROWS),
            PropertyUtil.propertyAsInt(
                properties, PARQUET_PAGE_SIZE_BYTES, PARQUET_PAGE_SIZE_BYTES_DEFAULT),
            PropertyUtil.propertyAsInt(
                properties, PARQUET_DICT_SIZE_BYTES, PARQUET_DICT_SIZE_BYTES_DEFAULT));
    Optional<CompressionCodecName> codec =
        codec(properties.getOrDefault(PARQUET_COMPRESSION, PARQUET_COMPRESSION_DEFAULT));
    if (!known
        || codec.isEmpty()
        || group <= 0
        || pages.rows() <= 0
        || pages.bytes() <= 0
        || pages.dictionary() <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new ParquetSettings(
            group,
            pages,
            PropertyUtil.propertyAsBoolean(properties, DICTIONARY, true),
            codec.get(),
            Optional.ofNullable(properties.get(PARQUET_COMPRESSION_LEVEL))));
  }

  private static Optional<CompressionCodecName> codec(String name) {
    return Stream.of(CompressionCodecName.values())
        .filter(codec -> codec.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** Makes compressors. Hadoop's files of settings are not read: that costs more than a page. */
  CompressionCodecFactory codecs() {
    Configuration settings = new Configuration(false);
    level.ifPresent(
        value -> {
          switch (codec) {
            case GZIP -> settings.set("zlib.compress.level", value);
            case BROTLI -> settings.set("compression.brotli.quality", value);
            case ZSTD -> settings.set("parquet.compression.codec.zstd.level", value);
            default -> {}
          }
        });
    return new ParquetCodecFactory(settings, pages.bytes());
  }
}
