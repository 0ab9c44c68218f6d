/* SPDX-License-Identifier: MIT */
package io.icestream.bench.lake;

import java.io.File;
import java.util.Map;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Files on local disk, with a count of what an object store would have been asked. Every system
 * stores through it, so that none pays for another client. Where the system property {@value
 * StoreRequests#FILE} names a file, the counts are written there when the JVM ends.
 */
public final class LocalFileIO implements FileIO {
  private static final long serialVersionUID = 1;

  @Override
  public InputFile newInputFile(String path) {
    return new LocalInput(path, LocalInput.UNKNOWN);
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return new LocalInput(path, length);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new LocalOutput(path);
  }

  @Override
  public void deleteFile(String path) {
    StoreRequests.deleted();
    // As in an object store, it is no failure if there is none
    var unused = file(path).delete();
  }

  @Override
  public void initialize(Map<String, String> properties) {
    // Nothing to set
  }

  /** The file of a path that may be a URI. */
  static File file(String path) {
    return new File(path.startsWith("file:") ? path.substring("file:".length()) : path);
  }
}
