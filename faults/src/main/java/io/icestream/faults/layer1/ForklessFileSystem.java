/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local file system without the processes that Hadoop starts for permissions and symbolic
 * links: the suite has neither, and they take longer than all else. Public, since Hadoop makes it.
 */
public final class ForklessFileSystem extends RawLocalFileSystem {
  @Override
  public String getScheme() {
    return "file";
  }

  @Override
  public void setPermission(Path path, FsPermission permission) {}

  @Override
  public FileStatus getFileLinkStatus(Path path) throws IOException {
    return getFileStatus(path);
  }
}
