/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import io.icestream.producers.ProducerException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects of S3, by one request each. */
final class S3Objects implements ObjectStore {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final Supplier<S3Client> s3;

  /**
   * @param s3 closed by the caller
   */
  S3Objects(Supplier<S3Client> s3) {
    this.s3 = s3;
  }

  @Override
  public ObjectContent open(ObjectVersion version) throws GoneException {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(version.bucket()).key(version.key());
    if (version.versionId().isPresent()) {
      request.versionId(version.versionId().get());
    } else {
      version.etag().ifPresent(request::ifMatch);
    }
    try {
      ResponseInputStream<GetObjectResponse> stream = s3.get().getObject(request.build());
      GetObjectResponse answer = stream.response();
      return new ObjectContent(
          stream, answer.contentLength(), answer.eTag().replace("\"", ""), answer.lastModified());
    } catch (NoSuchKeyException e) {
      throw new GoneException("The object has been deleted", false);
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        throw new GoneException("The object has been replaced by another", true);
      }
      if (e.statusCode() == NOT_FOUND) {
        throw new GoneException("The object or its version has been deleted", false);
      }
      throw unreadable(version, e);
    } catch (SdkException e) {
      throw unreadable(version, e);
    }
  }

  private static ProducerException unreadable(ObjectVersion version, SdkException cause) {
    return new ProducerException(
        "Object "
            + version.address()
            + " cannot be read: "
            + cause.getMessage()
            + " Check the permission s3:GetObject (s3:GetObjectVersion with versions).",
        cause);
  }
}
