/* SPDX-License-Identifier: MIT */
package io.icestream.localstack.s3;

import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;

/** Serves a directory over the S3 protocol until the process is asked to end. */
public final class S3ServerMain {

  /** The provider that keeps objects as plain files. */
  private static final String PROVIDER = "filesystem";

  private S3ServerMain() {}

  /**
   * Creates the bucket if it is absent, then serves until SIGTERM. The endpoint answers only once
   * the bucket exists.
   *
   * @param arguments one path: s3proxy's properties, and {@code icestream.bucket}
   * @throws Exception if the properties cannot be read or the endpoint cannot be bound
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("Expected one argument, the path of s3.properties");
      System.exit(2);
    }
    Properties properties = load(Path.of(arguments[0]));
    Files.createDirectories(Path.of(required(properties, "jclouds.filesystem.basedir")));
    BlobStore store = BlobStores.create(PROVIDER, properties);
    String bucket = required(properties, "icestream.bucket");
    if (!store.containerExists(bucket)) {
      store.createContainer(bucket);
    }
    S3Proxy server = S3Proxy.Builder.fromProperties(properties).blobStore(store).build();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "s3-stop"));
    server.start();
  }

  private static void stop(S3Proxy server) {
    try {
      server.stop();
    } catch (Exception e) {
      System.err.println("The S3 endpoint did not stop in order: " + e);
    }
  }

  private static Properties load(Path file) throws Exception {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }

  private static String required(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("No " + key + " in s3.properties");
    }
    return value;
  }
}
