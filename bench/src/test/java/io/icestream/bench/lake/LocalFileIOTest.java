/* SPDX-License-Identifier: MIT */
package io.icestream.bench.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileIOTest {
  private final LocalFileIO io = new LocalFileIO();

  @TempDir private Path folder;

  @Test
  void countsWhatAnObjectStoreWouldBeAsked() throws IOException {
    StoreRequests before = StoreRequests.ofThisProcess();
    String path = folder.resolve("deep/file").toString();

    write(path, "x".repeat(200_000));
    InputFile known = io.newInputFile(path, 200_000);
    try (SeekableInputStream in = known.newStream()) {
      assertThat(in.readNBytes(200_000)).hasSize(200_000);
    }
    assertThat(known.getLength()).isEqualTo(200_000);
    assertThat(io.newInputFile(path).getLength()).isEqualTo(200_000);
    io.deleteFile(path);

    StoreRequests after = StoreRequests.ofThisProcess();
    assertThat(after.puts() - before.puts()).isEqualTo(1);
    assertThat(after.gets() - before.gets()).isEqualTo(1);
    assertThat(after.heads() - before.heads()).isEqualTo(1);
    assertThat(after.deletes() - before.deletes()).isEqualTo(1);
    assertThat(after.bytesPut() - before.bytesPut()).isEqualTo(200_000);
    assertThat(after.bytesGot() - before.bytesGot()).isEqualTo(200_000);
  }

  @Test
  void readsWhatItWasToldToSeek() throws IOException {
    String path = folder.resolve("file").toString();
    write(path, "0123456789".repeat(20_000));

    try (SeekableInputStream in = io.newInputFile("file:" + path).newStream()) {
      assertThat(in.read()).isEqualTo('0');
      in.seek(150_007);
      assertThat(in.read()).isEqualTo('7');
      assertThat(in.getPos()).isEqualTo(150_008);
      in.seek(150_001);
      assertThat(in.read()).isEqualTo('1');
      in.seek(3);
      assertThat(new String(in.readNBytes(4), UTF_8)).isEqualTo("3456");
      in.seek(199_999);
      assertThat(in.read()).isEqualTo('9');
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void writesItsCountsToAFile() {
    StoreRequests counts = new StoreRequests(1, 2, 3, 4, 5, 6);
    Path file = folder.resolve("counts");

    counts.write(file);

    assertThat(StoreRequests.read(file)).isEqualTo(counts);
    assertThat(counts.all()).isEqualTo(10);
    assertThat(StoreRequests.read(folder.resolve("none")).all()).isZero();
  }

  private void write(String path, String text) throws IOException {
    try (PositionOutputStream out = io.newOutputFile(path).create()) {
      out.write(text.getBytes(UTF_8));
      assertThat(out.getPos()).isEqualTo(text.length());
    }
  }
}
