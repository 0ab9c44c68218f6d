/* SPDX-License-Identifier: MIT */
package io.icestream.controller.aws;

import io.icestream.controller.PipelineStates;
import io.icestream.controller.decide.PipelineState;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * States as objects of S3, {@code controller/PIPELINE.json}. S3 takes an object only if the one
 * that was read is still there, by its ETag.
 */
public final class S3States implements PipelineStates {
  private static final String FOLDER = "controller/";
  private static final String STATE = ".json";
  private static final String HOLD = FOLDER + "hold";

  /** What S3 answers where two write at the same moment. */
  private static final int CONFLICT = 409;

  private static final int PRECONDITION_FAILED = 412;

  private final S3Client s3;
  private final String bucket;

  /**
   * @param s3 the client
   * @param bucket where states are
   */
  public S3States(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public Set<String> pipelines() {
    Set<String> pipelines = new TreeSet<>();
    s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(FOLDER)).contents().stream()
        .map(object -> object.key().substring(FOLDER.length()))
        .filter(name -> name.endsWith(STATE))
        .forEach(name -> pipelines.add(name.substring(0, name.length() - STATE.length())));
    return pipelines;
  }

  @Override
  public Stored read(String pipeline) {
    try {
      ResponseBytes<GetObjectResponse> object =
          s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(pipeline)));
      return new Stored(
          StateJson.read(object.asByteArray()), Optional.of(object.response().eTag()));
    } catch (NoSuchKeyException e) {
      return new Stored(PipelineState.NEW, Optional.empty());
    }
  }

  @Override
  public Optional<Stored> write(String pipeline, Stored before, PipelineState next) {
    PutObjectRequest.Builder put =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key(pipeline))
            .contentType("application/json");
    before.version().ifPresentOrElse(put::ifMatch, () -> put.ifNoneMatch("*"));
    try {
      String version =
          s3.putObject(put.build(), RequestBody.fromBytes(StateJson.write(next))).eTag();
      return Optional.of(new Stored(next, Optional.of(version)));
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public boolean held() {
    try {
      s3.headObject(head -> head.bucket(bucket).key(HOLD));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == HttpStatusCode.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void hold(boolean held) {
    if (held) {
      s3.putObject(put -> put.bucket(bucket).key(HOLD), RequestBody.empty());
    } else {
      s3.deleteObject(delete -> delete.bucket(bucket).key(HOLD));
    }
  }

  private static String key(String pipeline) {
    return FOLDER + pipeline + STATE;
  }
}
