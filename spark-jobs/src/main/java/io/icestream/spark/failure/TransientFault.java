/* SPDX-License-Identifier: MIT */
package io.icestream.spark.failure;

import io.icestream.spark.failure.PipelineFailure.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FSError;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.spark.SparkException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Tells faults that pass by themselves from those that do not, by their classes. A batch that meets
 * one can be run again: its commits are fenced.
 */
public final class TransientFault {
  private static final int FORBIDDEN = 403;
  private static final int TOO_EARLY_TO_SAY = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERRORS = 500;

  /** IO errors that say what is there rather than that something is in the way. */
  private static final List<Class<? extends IOException>> LASTING_IO =
      List.of(
          FileNotFoundException.class,
          NoSuchFileException.class,
          AccessDeniedException.class,
          MalformedURLException.class);

  private static final List<Class<? extends SQLException>> LASTING_SQL =
      List.of(
          SQLSyntaxErrorException.class,
          SQLDataException.class,
          SQLFeatureNotSupportedException.class);

  private TransientFault() {}

  /**
   * The fault behind a failure that passes by itself.
   *
   * @return the cause that says so, for messages; empty if it will not pass: a {@link
   *     PipelineFailure} (but for one that says what did not answer: its cause decides), an {@link
   *     Error} (but for a disk's: its cause decides), and anything that is not known to pass
   */
  public static Optional<Throwable> in(Throwable failure) {
    List<Throwable> causes = causes(failure);
    if (causes.stream().anyMatch(TransientFault::isLasting)) {
      return Optional.empty();
    }
    return causes.stream().filter(TransientFault::passes).reduce((outer, inner) -> inner);
  }

  /** Hadoop makes an error of what a local disk refuses, such as a checkpoint on a full one. */
  private static boolean isLasting(Throwable cause) {
    return (cause instanceof Error && !(cause instanceof FSError))
        || (cause instanceof PipelineFailure failure && failure.kind() != Kind.UNAVAILABLE);
  }

  private static boolean passes(Throwable cause) {
    if (cause instanceof IOException) {
      return LASTING_IO.stream().noneMatch(lasting -> lasting.isInstance(cause));
    } else if (cause instanceof SQLException) {
      return LASTING_SQL.stream().noneMatch(lasting -> lasting.isInstance(cause));
    } else if (cause instanceof AwsServiceException service) {
      return passes(service.statusCode()) || service.isThrottlingException();
    } else if (cause instanceof SdkClientException client) {
      return client.retryable();
    } else if (cause instanceof SparkException) {
      // A stage that was given up because its executors were lost has no cause that travels
      return cause.getCause() == null;
    }
    return cause instanceof RetriableException
        || cause instanceof TimeoutException
        || cause instanceof CommitFailedException
        || cause instanceof CommitStateUnknownException
        || cause instanceof ServiceUnavailableException
        || cause instanceof ServiceFailureException;
  }

  /** A login that has expired is refused until it is renewed; so 403 passes too. */
  private static boolean passes(int status) {
    return status == FORBIDDEN
        || status == TOO_EARLY_TO_SAY
        || status == TOO_MANY_REQUESTS
        || status >= SERVER_ERRORS;
  }

  /** The outermost first. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }
}
