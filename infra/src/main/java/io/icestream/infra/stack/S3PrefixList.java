/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * AWS's list of the addresses of S3 in the region. It has another id in each region; with it a
 * group lets traffic out to S3 and to nothing else.
 */
final class S3PrefixList {
  private final String id;

  S3PrefixList(Construct scope, String constructId) {
    String name = "com.amazonaws." + Stack.of(scope).getRegion() + ".s3";
    id =
        new Lookup(
                "EC2",
                "describeManagedPrefixLists",
                Map.of(
                    "Filters",
                    List.of(
                        new TreeMap<>(
                            Map.of("Name", "prefix-list-name", "Values", List.of(name))))),
                "ec2:DescribeManagedPrefixLists",
                // The call knows no resources
                "*")
            .field(scope, constructId, "PrefixLists.0.PrefixListId");
    Accepted.wildcard(
        scope.getNode().findChild(constructId),
        "\\*",
        "DescribeManagedPrefixLists knows no resources; it reads what AWS publishes");
  }

  String id() {
    return id;
  }
}
