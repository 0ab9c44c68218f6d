/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.assertions.Template;

/**
 * What the intrinsic functions of the templates come to, as CloudFormation would find out. What
 * only AWS knows gets a name that tells what it is.
 */
final class ResolvedTexts {
  private static final String CLUSTER =
      "arn:aws:kafka:eu-central-1:111122223333:cluster/KAFKA/UUID";

  private final List<Map<String, Object>> templates;

  ResolvedTexts(List<Template> templates) {
    this.templates = templates.stream().map(Template::toJSON).toList();
  }

  /** The text that a value of a template comes to. */
  String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return function(map.keySet().iterator().next().toString(), map.values().iterator().next());
    }
    return value.toString();
  }

  private String function(String name, Object argument) {
    return switch (name) {
      case "Ref" -> reference(argument.toString());
      case "Fn::GetAtt" -> attribute((List<?>) argument);
      case "Fn::ImportValue" -> of(exported(argument.toString()));
      case "Fn::Join" -> {
        List<?> arguments = (List<?>) argument;
        yield ((List<?>) arguments.get(1))
            .stream().map(this::of).collect(Collectors.joining(arguments.get(0).toString()));
      }
      case "Fn::Select" -> {
        List<?> arguments = (List<?>) argument;
        yield split(arguments.get(1)).get(Integer.parseInt(arguments.get(0).toString()));
      }
      default -> throw new IllegalArgumentException("Unknown function " + name);
    };
  }

  private List<String> split(Object value) {
    List<?> arguments = (List<?>) ((Map<?, ?>) value).get("Fn::Split");
    return new ArrayList<>(
        Arrays.asList(of(arguments.get(1)).split(arguments.get(0).toString(), -1)));
  }

  private Object exported(String name) {
    for (Map<String, Object> template : templates) {
      if (template.get("Outputs") instanceof Map<?, ?> outputs) {
        for (Object output : outputs.values()) {
          Map<?, ?> properties = (Map<?, ?>) output;
          if (properties.get("Export") instanceof Map<?, ?> export
              && export.get("Name").equals(name)) {
            return properties.get("Value");
          }
        }
      }
    }
    throw new IllegalArgumentException("No stack exports " + name);
  }

  private String reference(String logicalId) {
    Map<?, ?> properties = (Map<?, ?>) resource(logicalId).get("Properties");
    for (String naming : List.of("BucketName", "LogGroupName")) {
      if (properties.get(naming) != null) {
        return of(properties.get(naming));
      }
    }
    return logicalId;
  }

  private String attribute(List<?> logicalIdAndName) {
    Map<?, ?> resource = resource(logicalIdAndName.get(0).toString());
    return switch (resource.get("Type").toString()) {
      case "AWS::MSK::ServerlessCluster", "AWS::MSK::Cluster" -> CLUSTER;
      case "AWS::S3Tables::TableBucket" ->
          "arn:aws:s3tables:eu-central-1:111122223333:bucket/"
              + ((Map<?, ?>) resource.get("Properties")).get("TableBucketName");
      default -> logicalIdAndName.get(0) + "." + logicalIdAndName.get(1);
    };
  }

  private Map<?, ?> resource(String logicalId) {
    return templates.stream()
        .map(template -> ((Map<?, ?>) template.get("Resources")).get(logicalId))
        .filter(Map.class::isInstance)
        .map(found -> (Map<?, ?>) found)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No stack has a " + logicalId));
  }
}
