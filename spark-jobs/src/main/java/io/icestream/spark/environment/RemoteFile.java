/* SPDX-License-Identifier: MIT */
package io.icestream.spark.environment;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;

/** A file that only Hadoop reaches, read before there is a Spark session. */
final class RemoteFile {
  private static final String PREFIX = "spark.hadoop.";

  private RemoteFile() {}

  /** What is made of a text, which comes from a place. */
  interface Content<T> {
    T of(Reader text, String place) throws IOException;
  }

  static <T> T read(String place, Content<T> content) {
    Path path = new Path(place);
    try (Reader reader =
        new InputStreamReader(path.getFileSystem(settings()).open(path), StandardCharsets.UTF_8)) {
      return content.of(reader, place);
    } catch (IOException e) {
      throw new PipelineFailure(
          Kind.UNAVAILABLE,
          "The environment "
              + place
              + " cannot be read ("
              + e
              + "). Check that it is there and that this process may read it.",
          e);
    }
  }

  /** What the session's file systems will be told, too. */
  private static Configuration settings() {
    Configuration settings = new Configuration();
    for (var setting : new SparkConf().getAllWithPrefix(PREFIX)) {
      settings.set(setting._1(), setting._2());
    }
    return settings;
  }
}
