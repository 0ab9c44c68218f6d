/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import io.icestream.cli.process.Command;
import io.icestream.cli.process.Servers;
import io.icestream.cli.process.Workspace;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the product runs in these tests: a broker, an emulated AWS, a catalog, and what they hold.
 */
interface Site extends AutoCloseable {

  /** In containers, or beside a LocalStack that the user names. */
  static Site start() {
    Path home = Workspace.emptyFolder("home");
    Site site =
        Engine.givenLocalStack()
            .<Site>map(endpoint -> HostSite.start(home, new LocalStack(endpoint)))
            .orElseGet(() -> ContainerSite.start(home));
    site.command().run("examples", "--environment", site.environment()).succeeded();
    return site;
  }

  /** The directory of the product's state. */
  Path home();

  LocalStack localStack();

  /**
   * A second query engine on the same catalog; the calling test is skipped where there is none.
   * Started at the first call.
   */
  Trino trino();

  /** The environment file of all that is here. */
  default Path environment() {
    return home().resolve("site.properties");
  }

  default Servers servers() {
    return Servers.of(environment());
  }

  /** The product's command, with AWS's credentials in its environment. */
  default Command command() {
    return new Command(home(), Map.copyOf(localStack().variables()));
  }

  @Override
  void close();
}
