/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogLockTest {
  private String uri;

  @BeforeEach
  void createCatalog(@TempDir Path folder) throws SQLException {
    uri = "jdbc:sqlite:" + folder.resolve("catalog.db") + "?busy_timeout=50&journal_mode=WAL";
    write("CREATE TABLE tables (name TEXT)");
    write("INSERT INTO tables VALUES ('before')");
  }

  @Test
  void keepsOthersFromWriting() {
    try (CatalogLock lock = new CatalogLock(uri)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> write("INSERT INTO tables VALUES ('meanwhile')"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void letsOthersReadSoThatATrialSeesWhatIsCommitted() throws SQLException {
    try (CatalogLock lock = new CatalogLock(uri)) {
      assertThat(lock).isNotNull();
      assertThat(count()).isOne();
    }
  }

  @Test
  void letsOthersWriteOnceItIsClosed() throws SQLException {
    // given
    new CatalogLock(uri).close();

    // when
    write("INSERT INTO tables VALUES ('behind')");

    // then
    assertThat(count()).isEqualTo(2);
  }

  private void write(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(uri);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int count() throws SQLException {
    try (Connection connection = DriverManager.getConnection(uri);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM tables")) {
      return rows.getInt(1);
    }
  }
}
