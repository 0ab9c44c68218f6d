/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** The second query engine, with the catalog of the tables as its default. */
final class Trino implements AutoCloseable {
  private final Connection connection;

  private Trino(Connection connection) {
    this.connection = connection;
  }

  /** Connects to a server, given as JDBC's address without a catalog. */
  static Trino at(String server) {
    Properties properties = new Properties();
    properties.setProperty("user", "tests");
    properties.setProperty("timezone", "UTC");
    try {
      return new Trino(DriverManager.getConnection(server + "/lake", properties));
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot connect to Trino at " + server, e);
    }
  }

  /** Runs a query, and reads its answer. */
  Answer query(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Answer.of(rows);
    } catch (SQLException e) {
      throw new IllegalStateException("Trino refuses " + sql, e);
    }
  }

  /** The tables of the catalog, as {@code namespace.table}. */
  Set<String> tables() {
    return query("SELECT table_schema || '.' || table_name FROM information_schema.tables")
        .rows()
        .stream()
        .map(row -> row.get(0))
        .collect(Collectors.toSet());
  }

  /** Parses a query, of tables that need not be there. */
  void parse(String sql) {
    execute("PREPARE parsed FROM " + sql);
    execute("DEALLOCATE PREPARE parsed");
  }

  /** Runs a statement that changes something. */
  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("Trino refuses " + sql, e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
