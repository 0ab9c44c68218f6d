/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.io.IOException;
import org.apache.iceberg.shaded.org.apache.parquet.io.OutputFile;
import org.apache.iceberg.shaded.org.apache.parquet.io.PositionOutputStream;

/**
 * Where a Parquet file goes, as Parquet's library wants to see it.
 *
 * @param file Iceberg's
 */
record ParquetPlace(org.apache.iceberg.io.OutputFile file) implements OutputFile {
  @Override
  public PositionOutputStream create(long blockSize) {
    return new Out(file.create());
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) {
    return new Out(file.createOrOverwrite());
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return file.location();
  }

  private static final class Out extends PositionOutputStream {
    private final org.apache.iceberg.io.PositionOutputStream out;

    Out(org.apache.iceberg.io.PositionOutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() throws IOException {
      return out.getPos();
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
