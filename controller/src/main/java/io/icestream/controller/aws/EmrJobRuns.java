/* SPDX-License-Identifier: MIT */
package io.icestream.controller.aws;

import io.icestream.controller.JobRuns;
import io.icestream.controller.decide.Attempt;
import io.icestream.controller.decide.JobRun;
import io.icestream.controller.decide.RunName;
import io.icestream.controller.decide.RunState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.ApplicationState;
import software.amazon.awssdk.services.emrserverless.model.JobRunState;
import software.amazon.awssdk.services.emrserverless.model.ResourceNotFoundException;
import software.amazon.awssdk.services.emrserverless.model.StartJobRunRequest;
import software.amazon.awssdk.services.emrserverless.model.ValidationException;

/** The job runs of an application of EMR Serverless. */
public final class EmrJobRuns implements JobRuns {
  /** The only place where EMR Serverless gives the exit code of a driver. */
  private static final Pattern EXIT_CODE = Pattern.compile("\\bExitCode: (\\d{1,3})\\b");

  private static final List<JobRunState> ALIVE =
      List.of(
          JobRunState.SUBMITTED,
          JobRunState.PENDING,
          JobRunState.SCHEDULED,
          JobRunState.QUEUED,
          JobRunState.RUNNING,
          JobRunState.CANCELLING);

  private final EmrServerlessClient emr;
  private final String applicationId;

  /**
   * @param emr the client
   * @param applicationId the application
   */
  public EmrJobRuns(EmrServerlessClient emr, String applicationId) {
    this.emr = emr;
    this.applicationId = applicationId;
  }

  @Override
  public List<JobRun> alive() {
    return emr
        .listJobRunsPaginator(list -> list.applicationId(applicationId).states(ALIVE))
        .jobRuns()
        .stream()
        .map(run -> jobRun(run.id(), run.name(), run.state(), run.attempt(), run.stateDetails()))
        .toList();
  }

  @Override
  public Optional<JobRun> find(String id) {
    try {
      var run = emr.getJobRun(get -> get.applicationId(applicationId).jobRunId(id)).jobRun();
      return Optional.of(
          jobRun(run.jobRunId(), run.name(), run.state(), run.attempt(), run.stateDetails()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public Answer start(String pipeline, Attempt attempt) {
    RunName name = new RunName(pipeline, attempt.number());
    StartJobRunRequest.Builder start = StartJobRunRequest.builder();
    try {
      new RequestJson(attempt.release().request()).into(start);
      start.name(name.toString()).clientToken(token(name, attempt.at()));
      return new Started(emr.startJobRun(start.build()).jobRunId());
    } catch (ValidationException | UnfitRequestException e) {
      return new Rejected(e.getMessage());
    }
  }

  @Override
  public void cancel(String id, Duration grace) {
    emr.cancelJobRun(
        cancel ->
            cancel
                .applicationId(applicationId)
                .jobRunId(id)
                .shutdownGracePeriodInSeconds(Math.toIntExact(grace.toSeconds())));
  }

  @Override
  public boolean stopApplication() {
    ApplicationState state =
        emr.getApplication(get -> get.applicationId(applicationId)).application().state();
    if (state == ApplicationState.STOPPED || state == ApplicationState.CREATED) {
      return true;
    }
    if (state == ApplicationState.STARTED) {
      emr.stopApplication(stop -> stop.applicationId(applicationId));
    }
    return false;
  }

  private static JobRun jobRun(
      String id, String name, JobRunState state, Integer attempt, String details) {
    return new JobRun(
        id,
        RunName.of(name == null ? "" : name),
        state(state),
        attempt == null ? 1 : attempt,
        exitCode(details));
  }

  private static RunState state(JobRunState state) {
    return switch (state) {
      case SUBMITTED -> RunState.SUBMITTED;
      case PENDING -> RunState.PENDING;
      case SCHEDULED -> RunState.SCHEDULED;
      case QUEUED -> RunState.QUEUED;
      case RUNNING -> RunState.RUNNING;
      case SUCCESS -> RunState.SUCCESS;
      case FAILED -> RunState.FAILED;
      case CANCELLING -> RunState.CANCELLING;
      case CANCELLED -> RunState.CANCELLED;
      case UNKNOWN_TO_SDK_VERSION -> RunState.UNKNOWN;
    };
  }

  static OptionalInt exitCode(String details) {
    Matcher code = EXIT_CODE.matcher(details == null ? "" : details);
    return code.find() ? OptionalInt.of(Integer.parseInt(code.group(1))) : OptionalInt.empty();
  }

  /** The same for the same start of a pipeline of this application, and of no other. */
  private String token(RunName name, Instant at) {
    try {
      String text = applicationId + "/" + name + "@" + at;
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Each Java platform has SHA-256", e);
    }
  }
}
