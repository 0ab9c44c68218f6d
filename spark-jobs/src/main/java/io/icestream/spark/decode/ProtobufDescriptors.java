/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.icestream.spark.plan.RecordSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds messages in descriptor sets. */
public final class ProtobufDescriptors {
  private final Map<String, FileDescriptorProto> protos = new LinkedHashMap<>();
  private final Map<String, FileDescriptor> built = new LinkedHashMap<>();

  private ProtobufDescriptors(FileDescriptorSet files) {
    files.getFileList().forEach(file -> protos.put(file.getName(), file));
  }

  /** The message that a source's records hold. */
  public static Descriptor of(RecordSchema.Protobuf schema) {
    return message(ProtobufFiles.read(schema.files()), Optional.of(schema.message()));
  }

  /**
   * Finds a message.
   *
   * @param name its full name; empty for the only one in the files that no other file imports
   * @throws IllegalArgumentException if there is none, or more than one to choose from; the message
   *     is the end of a sentence
   */
  static Descriptor message(FileDescriptorSet files, Optional<String> name) {
    ProtobufDescriptors descriptors = new ProtobufDescriptors(files);
    List<FileDescriptor> all = new ArrayList<>();
    for (String file : List.copyOf(descriptors.protos.keySet())) {
      all.add(descriptors.build(file, new HashSet<>()));
    }
    return name.map(n -> named(all, n)).orElseGet(() -> only(all));
  }

  private FileDescriptor build(String name, Set<String> around) {
    FileDescriptor ready = built.get(name);
    if (ready != null) {
      return ready;
    }
    FileDescriptorProto proto = protos.get(name);
    if (proto == null || !around.add(name)) {
      throw new IllegalArgumentException(
          proto == null ? "imports '" + name + "', which it does not hold" : "imports itself");
    }
    FileDescriptor[] imports =
        proto.getDependencyList().stream()
            .map(file -> build(file, around))
            .toArray(FileDescriptor[]::new);
    around.remove(name);
    try {
      FileDescriptor file = FileDescriptor.buildFrom(proto, imports);
      built.put(name, file);
      return file;
    } catch (DescriptorValidationException e) {
      throw new IllegalArgumentException("is wrong: " + e.getMessage(), e);
    }
  }

  private static Descriptor named(List<FileDescriptor> files, String name) {
    for (FileDescriptor file : files) {
      for (Descriptor message : file.getMessageTypes()) {
        Optional<Descriptor> found = within(message, name);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw new IllegalArgumentException(
        "has no message '" + name + "'. It has: " + names(tops(files)));
  }

  private static Optional<Descriptor> within(Descriptor message, String name) {
    if (message.getFullName().equals(name)) {
      return Optional.of(message);
    }
    return message.getNestedTypes().stream()
        .flatMap(nested -> within(nested, name).stream())
        .findFirst();
  }

  private static Descriptor only(List<FileDescriptor> files) {
    List<Descriptor> tops = tops(files);
    if (tops.size() != 1) {
      throw new IllegalArgumentException(
          tops.isEmpty()
              ? "has no message"
              : "has several messages. Set 'message' to one of " + names(tops));
    }
    return tops.get(0);
  }

  /** The messages of the files that no other file imports. */
  private static List<Descriptor> tops(List<FileDescriptor> files) {
    Set<String> imported =
        files.stream()
            .flatMap(file -> file.getDependencies().stream())
            .map(FileDescriptor::getName)
            .collect(Collectors.toSet());
    return files.stream()
        .filter(file -> !imported.contains(file.getName()))
        .flatMap(file -> file.getMessageTypes().stream())
        .toList();
  }

  private static String names(List<Descriptor> messages) {
    return messages.stream().map(Descriptor::getFullName).collect(Collectors.joining(", "));
  }
}
