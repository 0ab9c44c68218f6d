/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Keeps everybody else out of a catalog in a SQLite file until it is closed. */
final class CatalogLock implements AutoCloseable {
  private final Connection connection;

  /**
   * @param uri the catalog's, for JDBC
   */
  CatalogLock(String uri) {
    try {
      connection = DriverManager.getConnection(uri);
      try (Statement statement = connection.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The catalog cannot be locked", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("The catalog cannot be let go", e);
    }
  }
}
