/* SPDX-License-Identifier: MIT */
package io.icestream.controller.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * A request as the command line takes it, put into a request of the SDK. A key that the SDK does
 * not know is an error: otherwise a setting would be lost in silence.
 */
final class RequestJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;

  /**
   * @throws UnfitRequestException if the text is not a JSON object
   */
  RequestJson(String text) {
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UnfitRequestException("The start request is not JSON. Deploy it again.", e);
    }
    if (!root.isObject()) {
      throw new UnfitRequestException(
          "The start request is a JSON " + root.getNodeType() + ", not an object. Deploy it again.",
          null);
    }
  }

  /** The text of a key; empty if it is not there. */
  String text(String pointer) {
    return root.at(pointer).asText("");
  }

  /**
   * Sets what the request says.
   *
   * @param builder of the request
   * @throws UnfitRequestException if a key is unknown or a value is not what it has to be
   */
  void into(SdkPojo builder) {
    object("", root, builder);
  }

  private static void object(String path, JsonNode node, SdkPojo target) {
    require(path, node, JsonNodeType.OBJECT);
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    // With a small letter, as the command line writes members of requests that are in the address
    target.sdkFields().forEach(field -> fields.put(field.locationName(), field));
    node.fields()
        .forEachRemaining(
            entry -> {
              SdkField<?> field = fields.get(entry.getKey());
              if (field == null) {
                throw new UnfitRequestException(
                    "The start request has a key '"
                        + path
                        + entry.getKey()
                        + "', which EMR Serverless does not know. Correct it, or update the"
                        + " controller.",
                    null);
              }
              field.set(target, value(path + entry.getKey(), entry.getValue(), field));
            });
  }

  private static Object value(String path, JsonNode node, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.STRING) {
      require(path, node, JsonNodeType.STRING);
      return node.textValue();
    } else if (type == MarshallingType.BOOLEAN) {
      require(path, node, JsonNodeType.BOOLEAN);
      return node.booleanValue();
    } else if (type == MarshallingType.INTEGER) {
      require(path, node, JsonNodeType.NUMBER);
      return node.intValue();
    } else if (type == MarshallingType.LONG) {
      require(path, node, JsonNodeType.NUMBER);
      return node.longValue();
    } else if (type == MarshallingType.SDK_POJO) {
      SdkPojo builder = field.constructor().get();
      object(path + ".", node, builder);
      return ((SdkBuilder<?, ?>) builder).build();
    } else if (type == MarshallingType.LIST) {
      require(path, node, JsonNodeType.ARRAY);
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(path + "[]", element, member)));
      return list;
    } else if (type == MarshallingType.MAP) {
      require(path, node, JsonNodeType.OBJECT);
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      Map<String, Object> map = new LinkedHashMap<>();
      node.fields()
          .forEachRemaining(
              entry ->
                  map.put(
                      entry.getKey(),
                      value(path + "." + entry.getKey(), entry.getValue(), member)));
      return map;
    }
    throw new IllegalStateException("No start request has had a " + type + " so far: " + path);
  }

  private static void require(String path, JsonNode node, JsonNodeType expected) {
    if (node.getNodeType() != expected) {
      throw new UnfitRequestException(
          "The start request has a JSON "
              + node.getNodeType()
              + " as '"
              + path
              + "', but "
              + expected
              + " is expected. Deploy it again.",
          null);
    }
  }
}
