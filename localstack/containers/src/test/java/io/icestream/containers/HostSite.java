/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import static org.junit.jupiter.api.Assumptions.abort;

import io.icestream.cli.process.Servers;
import java.nio.file.Path;
import java.util.Map;

/** The embedded broker and catalog beside a LocalStack that runs already; without containers. */
record HostSite(Path home, LocalStack localStack) implements Site {

  static HostSite start(Path home, LocalStack localStack) {
    HostSite site = new HostSite(home, localStack);
    localStack.provideBucket();
    site.command().run("up", "--kafka-port", "0", "--s3-port", "0").succeeded();
    SiteFile.write(
        site,
        Servers.of(home.resolve("environment.properties")).bootstrapServers(),
        Map.of(
            "catalog.type", "jdbc",
            "catalog.uri",
                "jdbc:sqlite:" + home.resolve("site.db") + "?busy_timeout=30000&journal_mode=WAL",
            "catalog.jdbc.schema-version", "V1"));
    return site;
  }

  @Override
  public Trino trino() {
    return abort("Trino reads the tables from a container: unset " + Engine.ENDPOINT);
  }

  @Override
  public void close() {
    command().run("down").succeeded();
  }
}
