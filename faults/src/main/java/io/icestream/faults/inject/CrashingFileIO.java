/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * The files of a lake whose drivers crash: each file that is written is a moment to crash at, and
 * what is dead neither writes nor deletes. Named in a catalog's property {@code io-impl}.
 */
public final class CrashingFileIO extends HadoopFileIO {
  @Override
  public OutputFile newOutputFile(String path) {
    return new CrashingFile(super.newOutputFile(path));
  }

  @Override
  public void deleteFile(String path) {
    Injector.current().ifPresent(Injector::requireAlive);
    super.deleteFile(path);
  }

  @Override
  public void deleteFiles(Iterable<String> paths) {
    Injector.current().ifPresent(Injector::requireAlive);
    super.deleteFiles(paths);
  }

  private record CrashingFile(OutputFile file) implements OutputFile {
    @Override
    public PositionOutputStream create() {
      Injector.current().ifPresent(Injector::requireAlive);
      return new CrashingStream(file.create(), file.location());
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      Injector.current().ifPresent(Injector::requireAlive);
      return new CrashingStream(file.createOrOverwrite(), file.location());
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public InputFile toInputFile() {
      return file.toInputFile();
    }
  }
}
