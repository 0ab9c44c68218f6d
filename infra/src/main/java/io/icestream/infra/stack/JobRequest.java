/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.environment.JobSettings;
import io.icestream.model.PipelineDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is asked of EMR Serverless to start the job of a pipeline: the body of StartJobRun but for
 * the client token, which whoever starts it adds.
 *
 * @param pipeline the pipeline
 * @param applicationId the application that runs it
 * @param roleArn the role that it runs as
 * @param jarUrl the job's jar
 * @param filesUrl an archive of the pipeline file and its schemas
 * @param environmentUrl the environment file
 * @param logGroup where its logs go
 */
record JobRequest(
    PipelineDefinition pipeline,
    String applicationId,
    String roleArn,
    String jarUrl,
    String filesUrl,
    String environmentUrl,
    String logGroup) {
  private static final String MAIN = "io.icestream.spark.Main";
  private static final String FILES = "pipeline";
  private static final int ATTEMPTS_PER_HOUR = 5;

  /** The request, its keys in a fixed order. */
  Map<String, Object> of(JobSettings settings) {
    Map<String, Object> sparkSubmit = new LinkedHashMap<>();
    sparkSubmit.put("entryPoint", jarUrl);
    sparkSubmit.put("entryPointArguments", arguments());
    sparkSubmit.put("sparkSubmitParameters", parameters(settings));
    Map<String, Object> logs = new LinkedHashMap<>();
    logs.put("enabled", true);
    logs.put("logGroupName", logGroup);
    logs.put("logStreamNamePrefix", pipeline.name());
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("applicationId", applicationId);
    request.put("executionRoleArn", roleArn);
    request.put("name", pipeline.name());
    request.put("mode", "STREAMING");
    request.put("retryPolicy", Map.of("maxFailedAttemptsPerHour", ATTEMPTS_PER_HOUR));
    request.put("jobDriver", Map.of("sparkSubmit", sparkSubmit));
    request.put(
        "configurationOverrides",
        Map.of("monitoringConfiguration", Map.of("cloudWatchLoggingConfiguration", logs)));
    request.put("tags", Map.of("icestream:pipeline", pipeline.name()));
    return request;
  }

  private List<String> arguments() {
    return List.of(
        "--pipeline", FILES + "/" + pipeline.file().getFileName(), "--environment", environmentUrl);
  }

  private String parameters(JobSettings settings) {
    Map<String, String> conf = new TreeMap<>();
    // Spark takes a tenth of the heap for itself, which has to fit into the worker, too
    String heap = JobSettings.MEMORY_GB - 1 + "g";
    for (String worker : List.of("driver", "executor")) {
      conf.put("spark." + worker + ".cores", Integer.toString(JobSettings.VCPUS));
      conf.put("spark." + worker + ".memory", heap);
      conf.put("spark.emr-serverless." + worker + ".disk", JobSettings.DISK_GB + "g");
    }
    conf.put("spark.dynamicAllocation.enabled", "true");
    conf.put("spark.dynamicAllocation.initialExecutors", "1");
    conf.put("spark.dynamicAllocation.minExecutors", "1");
    conf.put("spark.dynamicAllocation.maxExecutors", Integer.toString(settings.maxExecutors()));
    conf.put("spark.archives", filesUrl + "#" + FILES);
    return "--class "
        + MAIN
        + conf.entrySet().stream()
            .map(entry -> " --conf " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());
  }
}
