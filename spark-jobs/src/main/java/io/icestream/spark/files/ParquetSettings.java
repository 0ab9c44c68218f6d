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

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * The settings of a table.
   *
   * @return empty if it asks for something else, such as Bloom filters: Iceberg's own writer knows
   *     all of it
   */
  static Optional<ParquetSettings> of(Table table) {
    Map<String, String> properties = table.properties();
    boolean known =
        properties.keySet().stream()
            .filter(key -> key.startsWith(OWN) || key.startsWith(HADOOP))
            .allMatch(KNOWN::contains);
    String codec = properties.getOrDefault(PARQUET_COMPRESSION, PARQUET_COMPRESSION_DEFAULT);
    if (!known) {
      return Optional.empty();
    }
    return Optional.of(
        new ParquetSettings(
            PropertyUtil.propertyAsInt(
                properties, PARQUET_ROW_GROUP_SIZE_BYTES, PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT),
            new ColumnPages.PageLimits(
                PropertyUtil.propertyAsInt(
                    properties, PARQUET_PAGE_ROW_LIMIT, PARQUET_PAGE_ROW_LIMIT_DEFAULT),
                PropertyUtil.propertyAsInt(
                    properties, PARQUET_PAGE_SIZE_BYTES, PARQUET_PAGE_SIZE_BYTES_DEFAULT),
                PropertyUtil.propertyAsInt(
                    properties, PARQUET_DICT_SIZE_BYTES, PARQUET_DICT_SIZE_BYTES_DEFAULT)),
            PropertyUtil.propertyAsBoolean(properties, DICTIONARY, true),
            CompressionCodecName.valueOf(codec.toUpperCase(Locale.ENGLISH)),
            Optional.ofNullable(properties.get(PARQUET_COMPRESSION_LEVEL))));
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
