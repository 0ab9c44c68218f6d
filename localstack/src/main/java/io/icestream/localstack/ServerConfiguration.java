/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the servers are told about themselves. All listen on loopback only. */
final class ServerConfiguration {

  static final String BUCKET = "lake";
  static final String ACCESS_KEY_ID = "icestream";
  static final String SECRET_ACCESS_KEY = "icestream-secret";

  /** Internal topics need no more on one broker, and each partition costs files and start time. */
  private static final String INTERNAL_PARTITIONS = "4";

  private static final String ONE = "1";

  /** What the example of a deployment uses, and what its compose project starts too. */
  private static final String SERVICES =
      "s3,cloudwatch,logs,iam,sts,ssm,secretsmanager,sqs,cloudformation,lambda,events,sns";

  private static final String LARGEST_UNCHUNKED_REQUEST_BYTES = "134217728";

  private ServerConfiguration() {}

  /**
   * A broker and its controller in one process.
   *
   * @param controllerPort needed by KRaft between the two; nothing else connects to it, so it may
   *     change from start to start
   */
  static Map<String, String> kafka(StackHome home, int port, int controllerPort) {
    String client = "PLAINTEXT://" + Loopback.HOST + ":" + port;
    String controller = Loopback.HOST + ":" + controllerPort;
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("process.roles", "broker,controller");
    entries.put("node.id", ONE);
    entries.put("controller.quorum.voters", "1@" + controller);
    entries.put("listeners", client + ",CONTROLLER://" + controller);
    entries.put("advertised.listeners", client);
    entries.put("controller.listener.names", "CONTROLLER");
    entries.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    entries.put("log.dirs", home.data(ServerKind.KAFKA).toString());
    entries.put("auto.create.topics.enable", "false");
    entries.put("offsets.topic.replication.factor", ONE);
    entries.put("offsets.topic.num.partitions", INTERNAL_PARTITIONS);
    entries.put("transaction.state.log.replication.factor", ONE);
    entries.put("transaction.state.log.min.isr", ONE);
    entries.put("transaction.state.log.num.partitions", INTERNAL_PARTITIONS);
    entries.put("share.coordinator.state.topic.replication.factor", ONE);
    entries.put("share.coordinator.state.topic.min.isr", ONE);
    entries.put("share.coordinator.state.topic.num.partitions", ONE);
    entries.put("group.initial.rebalance.delay.ms", "0");
    entries.put("num.network.threads", "2");
    entries.put("num.io.threads", "4");
    return entries;
  }

  static Map<String, String> s3(StackHome home, int port) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("s3proxy.endpoint", "http://" + Loopback.HOST + ":" + port);
    entries.put("s3proxy.authorization", "aws-v2-or-v4");
    entries.put("s3proxy.identity", ACCESS_KEY_ID);
    entries.put("s3proxy.credential", SECRET_ACCESS_KEY);
    // Query engines send headers that only AWS knows
    entries.put("s3proxy.ignore-unknown-headers", "true");
    entries.put("s3proxy.v4-max-non-chunked-request-size", LARGEST_UNCHUNKED_REQUEST_BYTES);
    // A relative directory breaks multipart uploads
    entries.put("jclouds.filesystem.basedir", home.data(ServerKind.S3).toString());
    entries.put("icestream.bucket", BUCKET);
    return entries;
  }

  /** LocalStack's variables: loopback only, nothing fetched or told at the start. */
  static Map<String, String> localStack(StackHome home, int port) {
    String address = Loopback.HOST + ":" + port;
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("GATEWAY_LISTEN", address);
    entries.put("LOCALSTACK_HOST", address);
    entries.put("SERVICES", SERVICES);
    entries.put("FILESYSTEM_ROOT", home.localStackRoot().toString());
    // A file that tells a container from a machine is on some machines, too
    entries.put("OVERRIDE_IN_DOCKER", "0");
    entries.put("SKIP_SSL_CERT_DOWNLOAD", ONE);
    entries.put("DISABLE_EVENTS", ONE);
    entries.put("DNS_ADDRESS", "0");
    entries.put("SQS_ENDPOINT_STRATEGY", "dynamic");
    return entries;
  }
}
