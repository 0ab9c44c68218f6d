/* SPDX-License-Identifier: MIT */
package io.icestream.spark.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.icestream.spark.failure.PipelineFailure.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.spark.SparkException;
import org.apache.spark.sql.errors.QueryExecutionErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class TransientFaultTest {

  static Stream<Throwable> passing() {
    return Stream.of(
        new IOException("Premature end of the body"),
        new ConnectException("refused"),
        new TimeoutException(),
        new UncheckedSQLException(new SQLException("the database is locked"), "busy"),
        new org.apache.kafka.common.errors.TimeoutException("no node"),
        new DisconnectException(),
        s3(503),
        s3(500),
        s3(429),
        s3(403),
        SdkClientException.create("cut off", new IOException("reset")),
        new CommitFailedException("somebody was faster"),
        new CommitStateUnknownException(new RuntimeException("no answer")),
        new ServiceUnavailableException("503"),
        new SparkException("Job aborted: an executor was lost"),
        // Another driver has written to the checkpoint: the next commit decides which one yields
        QueryExecutionErrors.concurrentStreamLogUpdate(7),
        QueryExecutionErrors.multiStreamingQueriesUsingPathConcurrentlyError(
            "offsets/7", new FileAlreadyExistsException("offsets/7")),
        new PipelineFailure(
            Kind.UNAVAILABLE, "No answer", new CommitStateUnknownException(new IOException())));
  }

  static Stream<Throwable> lasting() {
    return Stream.of(
        new FileNotFoundException("checkpoint"),
        new UncheckedSQLException(new SQLSyntaxErrorException("near 'FORM'"), "wrong"),
        new SaslAuthenticationException("wrong password"),
        s3(404),
        s3(400),
        new ValidationException("conflicting files"),
        new NotFoundException("a data file"),
        new IllegalStateException("The ledger does not balance"),
        new PipelineFailure(Kind.FENCED, "Another driver"),
        new PipelineFailure(Kind.FENCED, "Another driver", new IOException("conflict")),
        new PipelineFailure(Kind.UNAVAILABLE, "There is no topic"),
        // Memory does not come back by itself, whatever else went wrong with it
        new IOException(new OutOfMemoryError()),
        new SparkException("Job aborted", new IllegalStateException("a defect")));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void passes(Throwable fault) {
    // given
    Throwable failure = new RuntimeException("query failed", new RuntimeException(fault));

    // when, then
    assertThat(TransientFault.in(failure)).isPresent();
    assertThat(TransientFault.in(fault)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void doesNotPass(Throwable fault) {
    // given
    Throwable failure = new RuntimeException("query failed", new RuntimeException(fault));

    // when, then
    assertThat(TransientFault.in(failure)).isEmpty();
  }

  @Test
  void isNamedByWhatSaysMost() {
    // given
    Throwable refused = new ConnectException("Connection refused");
    Throwable failure =
        new SparkException("Job aborted", SdkClientException.create("unable to execute", refused));

    // when, then
    assertThat(TransientFault.in(failure)).containsSame(refused);
  }

  @Test
  void endsWithACircleOfCauses() {
    // given
    RuntimeException outer = new RuntimeException("outer");
    outer.initCause(new RuntimeException("inner", outer));

    // when, then
    assertThat(TransientFault.in(outer)).isEmpty();
  }

  @Test
  void passesWhereADiskRefusesWhatIsWritten(@TempDir Path folder) throws IOException {
    // given
    Throwable refused;
    try (RawLocalFileSystem disk = new RawLocalFileSystem()) {
      disk.initialize(folder.toUri(), new Configuration(false));
      FSDataOutputStream file = disk.create(new org.apache.hadoop.fs.Path(folder + "/offsets"));
      file.close();
      refused = catchThrowable(() -> file.write(new byte[1 << 16]));
    }

    // when, then
    assertThat(refused).isInstanceOf(FSError.class);
    assertThat(TransientFault.in(new RuntimeException("query failed", refused)))
        .containsInstanceOf(IOException.class);
  }

  private static Throwable s3(int status) {
    return S3Exception.builder().statusCode(status).message("from S3").build();
  }
}
