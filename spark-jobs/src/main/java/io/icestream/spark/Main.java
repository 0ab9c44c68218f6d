/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import io.icestream.model.Parameters;
import io.icestream.model.PipelineFileException;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.query.PipelineQuery;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.util.SignalUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.runtime.AbstractFunction0;

/**
 * Runs one pipeline: the entry point on a laptop and on EMR Serverless alike. SIGTERM and SIGINT
 * end it after the batch at hand, with exit code 0.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int USAGE = 64;
  private static final int DEFECT = 70;
  private static final int PIPELINE_FILE = 78;

  private Main() {}

  /**
   * Runs a pipeline and ends the process.
   *
   * @param args see {@link Arguments}
   */
  public static void main(String[] args) {
    System.exit(exitCode(args));
  }

  private static int exitCode(String[] args) {
    try {
      run(args);
      return 0;
    } catch (PipelineFileException e) {
      return failed(PIPELINE_FILE, e);
    } catch (PipelineFailure e) {
      return failed(e.kind().exitCode(), e);
    } catch (IllegalArgumentException e) {
      return failed(USAGE, e);
    } catch (RuntimeException e) {
      LOG.error("The pipeline has ended with a defect", e);
      System.err.println("error: internal error: " + e);
      return DEFECT;
    }
  }

  /**
   * Runs a pipeline until it has drained or is told to stop.
   *
   * @param args see {@link Arguments}
   * @throws PipelineFileException if the pipeline file is wrong
   * @throws PipelineFailure if something that it needs is not there, or fails for good
   * @throws IllegalArgumentException if the arguments are wrong
   */
  public static void run(String... args) {
    Arguments arguments = Arguments.parse(Arrays.asList(args));
    CountDownLatch stop = new CountDownLatch(1);
    onSignal("TERM", stop);
    onSignal("INT", stop);
    PipelineQuery query =
        new PipelineApp(
                PipelineParser.read(arguments.pipeline(), Parameters.ofProcess(arguments.params())),
                Environment.read(arguments.environment()),
                arguments.pace())
            .start();
    Thread stopper = new Thread(() -> stopWhenTold(stop, query), "icestream-stop");
    stopper.setDaemon(true);
    stopper.start();
    query.await();
  }

  /** The JVM's own answer to a signal would stop Spark under a batch and exit with 128 and more. */
  private static void onSignal(String signal, CountDownLatch stop) {
    SignalUtils.register(
        signal,
        new AbstractFunction0<Object>() {
          @Override
          public Object apply() {
            stop.countDown();
            return true;
          }
        });
  }

  private static void stopWhenTold(CountDownLatch stop, PipelineQuery query) {
    try {
      stop.await();
      LOG.info("Stopping after the batch at hand");
      query.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int failed(int code, RuntimeException failure) {
    LOG.error("The pipeline has failed", failure);
    System.err.println("error: " + failure.getMessage());
    return code;
  }
}
