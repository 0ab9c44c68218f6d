/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages in what {@code protoc --include_imports --descriptor_set_out} writes. */
final class DescriptorSets {

  private DescriptorSets() {}

  /**
   * @param name the message's full name; empty for the only one of the last file, which is the one
   *     that {@code protoc} was given
   * @throws IllegalArgumentException with the end of a sentence
   */
  static Descriptor message(byte[] set, Optional<String> name) {
    List<FileDescriptor> files = files(set);
    List<Descriptor> all = new ArrayList<>();
    files.forEach(file -> file.getMessageTypes().forEach(message -> collect(message, all)));
    if (name.isPresent()) {
      return all.stream()
          .filter(message -> message.getFullName().equals(name.get()))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "has no message '" + name.get() + "': it has " + names(all)));
    }
    List<Descriptor> tops = files.get(files.size() - 1).getMessageTypes();
    if (tops.size() != 1) {
      throw new IllegalArgumentException(
          "has no single message: set 'message' to one of " + names(all));
    }
    return tops.get(0);
  }

  /** Imports come before what imports them. */
  private static List<FileDescriptor> files(byte[] set) {
    Map<String, FileDescriptor> built = new LinkedHashMap<>();
    try {
      for (FileDescriptorProto file : FileDescriptorSet.parseFrom(set).getFileList()) {
        List<FileDescriptor> imports = new ArrayList<>();
        for (String name : file.getDependencyList()) {
          if (!built.containsKey(name)) {
            throw new IllegalArgumentException(
                "lacks the import " + name + ": make it with protoc --include_imports");
          }
          imports.add(built.get(name));
        }
        built.put(
            file.getName(), FileDescriptor.buildFrom(file, imports.toArray(FileDescriptor[]::new)));
      }
    } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
      throw new IllegalArgumentException("is no descriptor set of protoc: " + e.getMessage(), e);
    }
    if (built.isEmpty()) {
      throw new IllegalArgumentException("is no descriptor set of protoc: it has no file");
    }
    return List.copyOf(built.values());
  }

  private static void collect(Descriptor message, List<Descriptor> all) {
    all.add(message);
    message.getNestedTypes().forEach(nested -> collect(nested, all));
  }

  private static String names(List<Descriptor> all) {
    return String.join(", ", all.stream().map(Descriptor::getFullName).toList());
  }
}
