/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import io.icestream.producers.ProducerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Schemas in the files of this machine, or in S3.
 *
 * @param folder where relative paths begin
 * @param s3 reads {@code s3://BUCKET/KEY}
 */
public record SchemaFiles(Path folder, InS3 s3) implements TopicFormats.SchemaSource {

  /** Reads an object. */
  public interface InS3 {

    /**
     * @throws ProducerException if it cannot be read
     */
    byte[] read(String bucket, String key);
  }

  /** Files of this machine alone. */
  public static SchemaFiles local(Path folder) {
    return new SchemaFiles(
        folder,
        (bucket, key) -> {
          throw new ProducerException(
              "Schema s3://" + bucket + "/" + key + " is not a file of this machine: give a path.");
        });
  }

  @Override
  public byte[] read(String place) {
    if (place.startsWith("s3://")) {
      String[] parts = place.substring("s3://".length()).split("/", 2);
      if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
        throw new ProducerException("Schema " + place + " has no key: give s3://BUCKET/KEY.");
      }
      return s3.read(parts[0], parts[1]);
    }
    Path file = folder.resolve(place);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ProducerException(
          "Schema " + file + " cannot be read (" + e + "): give a file, or s3://BUCKET/KEY.", e);
    }
  }
}
