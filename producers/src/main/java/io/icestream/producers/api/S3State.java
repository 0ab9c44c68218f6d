/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.producers.ProducerException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Keeps a state in an object of S3, and writes only over what it has read: of two polls at once,
 * the second to write fails, so that the cursor never goes back.
 */
final class S3State implements StateStore {

  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;

  private final S3Client s3;
  private final String bucket;
  private final String key;
  private Optional<String> etag = Optional.empty();

  /**
   * @param s3 closed by the caller
   */
  S3State(S3Client s3, String bucket, String key) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public Optional<PollState> load() {
    Optional<ResponseBytes<GetObjectResponse>> object = object();
    etag = object.map(found -> found.response().eTag());
    return object.map(found -> PollState.of(found.asString(UTF_8)));
  }

  @Override
  public void save(PollState state) {
    PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(bucket).key(key);
    if (etag.isPresent()) {
      request.ifMatch(etag.get());
    } else {
      request.ifNoneMatch("*");
    }
    try {
      etag =
          Optional.of(s3.putObject(request.build(), RequestBody.fromString(state.text())).eTag());
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
        // Written by an attempt whose answer was lost: the client's retry meets its own object
        Optional<ResponseBytes<GetObjectResponse>> object = object();
        if (object.map(found -> found.asString(UTF_8)).equals(Optional.of(state.text()))) {
          etag = object.map(found -> found.response().eTag());
          return;
        }
        throw new ProducerException(
            "State s3://"
                + bucket
                + "/"
                + key
                + " was written by another poll at the same time: let one run at once (reserved"
                + " concurrency 1).",
            e);
      }
      throw failure("written", e);
    } catch (SdkException e) {
      throw failure("written", e);
    }
  }

  private Optional<ResponseBytes<GetObjectResponse>> object() {
    try {
      return Optional.of(s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failure("read", e);
    }
  }

  private ProducerException failure(String what, SdkException cause) {
    return new ProducerException(
        "State s3://"
            + bucket
            + "/"
            + key
            + " cannot be "
            + what
            + ": "
            + cause.getMessage()
            + " Check the permissions s3:GetObject, s3:PutObject and s3:ListBucket.",
        cause);
  }
}
