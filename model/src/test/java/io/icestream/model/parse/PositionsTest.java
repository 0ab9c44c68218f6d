/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.Location;
import io.icestream.model.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionsTest {
  @TempDir private Path folder;

  @Test
  void tellWhereKeysValuesAndItemsStand() throws IOException {
    // given
    Positions positions = positions();

    // when, then
    assertThat(positions.value("name")).isEqualTo(new Location(2, 7));
    assertThat(positions.key("sinks", "shop.orders")).isEqualTo(new Location(8, 3));
    assertThat(positions.value("sinks", "shop.orders", "from")).isEqualTo(new Location(8, 24));
    assertThat(positions.key("sinks", "shop.orders", "from")).isEqualTo(new Location(8, 18));
    assertThat(positions.value("sinks", "shop.orders", "partition_by", "1"))
        .isEqualTo(new Location(8, 67));
  }

  @Test
  void giveTheNearestPlaceAboveForWhatIsNotThere() throws IOException {
    // given
    Positions positions = positions();

    // when, then
    assertThat(positions.value("sinks", "shop.orders", "key", "0")).isEqualTo(new Location(8, 16));
    assertThat(positions.key("sinks", "shop.orders", "key")).isEqualTo(new Location(8, 16));
    assertThat(positions.value("steps")).isEqualTo(Location.START);
  }

  private Positions positions() throws IOException {
    Path file = folder.resolve("p.yaml");
    Files.writeString(
        file,
        PipelineParserTest.MINIMAL.replace(
            "mode: append", "mode: append, partition_by: [site, a]"));
    return PipelineParser.readFile(file, Parameters.ofProcess()).positions();
  }
}
