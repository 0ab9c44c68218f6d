/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import io.icestream.producers.ProducerException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Settings of Kafka clients that authenticate to MSK by IAM. The signature is made in this process
 * from the credentials of the function; nothing of them is in the settings.
 */
public final class MskIam {

  private static final String LOGIN = "software.amazon.msk.auth.iam.IAMLoginModule required";

  /**
   * The SDK writes what it signs to its debug log, session token and all. Here because Lambda's log
   * is the JDK's; elsewhere it does no harm. The JDK forgets the level of a logger that nobody
   * holds.
   */
  private static final Logger SDK = Logger.getLogger("software.amazon.awssdk");

  private MskIam() {}

  /** With the credentials that the AWS SDK finds, such as those of the function's role. */
  public static Map<String, String> ofProcess() {
    return settings(LOGIN + ";");
  }

  /**
   * With those of another role, which is assumed.
   *
   * @param roleArn to assume
   * @param sessionName of the role's session; it has to stay the same for the life of a connection,
   *     because MSK refuses a client that comes back under another
   * @param region whose STS is asked
   * @throws ProducerException if a value is not what its name says
   */
  public static Map<String, String> ofRole(String roleArn, String sessionName, String region) {
    require("role ARN", roleArn, "arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@/_-]{1,512}");
    require("session name", sessionName, "[A-Za-z0-9+=,.@_-]{2,64}");
    require("region", region, "[a-z]{2}(-[a-z]+)+-[0-9]");
    return settings(
        LOGIN
            + " awsRoleArn=\""
            + roleArn
            + "\" awsRoleSessionName=\""
            + sessionName
            + "\" awsStsRegion=\""
            + region
            + "\";");
  }

  private static Map<String, String> settings(String login) {
    SDK.setLevel(Level.INFO);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("security.protocol", "SASL_SSL");
    settings.put("sasl.mechanism", "AWS_MSK_IAM");
    settings.put("sasl.jaas.config", login);
    settings.put(
        "sasl.client.callback.handler.class",
        "software.amazon.msk.auth.iam.IAMClientCallbackHandler");
    // 100 new connections per second and broker are all that MSK takes
    settings.put("reconnect.backoff.ms", "1000");
    return settings;
  }

  private static void require(String name, String value, String pattern) {
    if (value == null || !value.matches(pattern)) {
      throw new ProducerException(
          "MSK " + name + " is '" + value + "': expected something like " + pattern + ".");
    }
  }
}
