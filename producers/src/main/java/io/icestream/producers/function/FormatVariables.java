/* SPDX-License-Identifier: MIT */
package io.icestream.producers.function;

import io.icestream.producers.ProducerException;
import io.icestream.producers.format.SchemaFiles;
import io.icestream.producers.format.TopicFormats;
import java.nio.file.Path;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** The formats of a function's topics, from its environment variables. */
public final class FormatVariables {

  private static final String NAME = "ICESTREAM_FORMATS";

  private FormatVariables() {}

  /**
   * The formats, with schemas that have been read: a wrong one keeps the function from starting,
   * and with SnapStart its version from being published.
   *
   * @throws ProducerException if the variable or a schema is wrong
   */
  public static TopicFormats formats(Variables variables) {
    return variables
        .get(NAME)
        .map(
            text ->
                TopicFormats.of(
                    "Environment variable " + NAME,
                    text,
                    new SchemaFiles(
                        Path.of(variables.get("LAMBDA_TASK_ROOT").orElse(".")),
                        FormatVariables::object)))
        .orElse(TopicFormats.JSON);
  }

  private static byte[] object(String bucket, String key) {
    try (S3Client s3 = S3Client.create()) {
      return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
    } catch (SdkException e) {
      throw new ProducerException(
          "Schema s3://"
              + bucket
              + "/"
              + key
              + " cannot be read: "
              + e.getMessage()
              + " Check that it is there, and the permission s3:GetObject.",
          e);
    }
  }
}
