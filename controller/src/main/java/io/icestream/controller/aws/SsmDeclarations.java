/* SPDX-License-Identifier: MIT */
package io.icestream.controller.aws;

import io.icestream.controller.Declarations;
import io.icestream.controller.decide.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.emrserverless.model.StartJobRunRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The start requests that the deployment has written into parameters of Systems Manager. */
public final class SsmDeclarations implements Declarations {
  private static final Pattern OBJECT = Pattern.compile("s3://([a-z0-9.-]+)/([^#,\"\\s]+)");

  private final SsmClient ssm;
  private final S3Client s3;
  private final String path;
  private final String applicationId;

  /**
   * @param ssm where requests are
   * @param s3 where the files that they name are
   * @param stage which deployment
   * @param applicationId that has to run them
   */
  public SsmDeclarations(SsmClient ssm, S3Client s3, String stage, String applicationId) {
    this.ssm = ssm;
    this.s3 = s3;
    this.path = "/icestream/" + stage + "/jobs/";
    this.applicationId = applicationId;
  }

  @Override
  public SortedMap<String, Release> wanted() {
    SortedMap<String, Release> wanted = new TreeMap<>();
    ssm.getParametersByPathPaginator(get -> get.path(path)).stream()
        .flatMap(page -> page.parameters().stream())
        .forEach(
            parameter ->
                wanted.put(
                    parameter.name().substring(path.length()), Release.of(parameter.value())));
    return wanted;
  }

  @Override
  public List<String> obstacles(String pipeline, Release release) {
    List<String> obstacles = new ArrayList<>();
    RequestJson request;
    try {
      request = new RequestJson(release.request());
      request.into(StartJobRunRequest.builder());
    } catch (UnfitRequestException e) {
      return List.of(e.getMessage());
    }
    expect(obstacles, request, "/applicationId", applicationId);
    // The name is the pipeline's, by which its runs are found
    expect(obstacles, request, "/name", pipeline);
    expect(obstacles, request, "/mode", "STREAMING");
    Matcher object = OBJECT.matcher(release.request());
    while (object.find()) {
      String bucket = object.group(1);
      String key = object.group(2);
      if (!exists(bucket, key)) {
        obstacles.add(
            "s3://" + bucket + "/" + key + " is not there, or not to be read: deploy again");
      }
    }
    return obstacles;
  }

  private boolean exists(String bucket, String key) {
    try {
      s3.headObject(head -> head.bucket(bucket).key(key));
      return true;
    } catch (S3Exception e) {
      // Whoever may not list a bucket is told that he may not read what is not there
      if (e.statusCode() == HttpStatusCode.NOT_FOUND
          || e.statusCode() == HttpStatusCode.FORBIDDEN) {
        return false;
      }
      throw e;
    }
  }

  private static void expect(
      List<String> obstacles, RequestJson request, String pointer, String expected) {
    String found = request.text(pointer);
    if (!found.equals(expected)) {
      obstacles.add(
          pointer.substring(1)
              + " is '"
              + found
              + "', but '"
              + expected
              + "' is expected: deploy again");
    }
  }
}
