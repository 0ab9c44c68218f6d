/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.RouteIndex;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.sink.Admission;
import io.icestream.spark.sink.RouteChoice;
import io.icestream.spark.sink.RouteWrite;
import io.icestream.spark.sink.StepRows;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Takes the tables that an index lists. New values get into the index first, then a table; whoever
 * is interrupted in between finds them there the next time, and chooses the same.
 */
public final class RouteAdmission implements Admission {
  private final SparkSession spark;
  private final Intents intents;
  private final Map<String, RouteIndex> indexes;

  private RouteAdmission(SparkSession spark, Intents intents, Map<String, RouteIndex> indexes) {
    this.spark = spark;
    this.intents = intents;
    this.indexes = indexes;
  }

  /** What may be done to an index. */
  private interface Intents {
    /** Whether the rows may get new tables. */
    boolean mayAdd(String index);

    /** Adds routes; false if the index has changed since it was read. */
    boolean add(RouteIndex index, Collection<String> routes);

    /** Sees to it that there is a table. */
    void provide(RouteWrite write, String route);
  }

  /**
   * For a batch. If its refused rows are in quarantine already, nothing is added: what the index
   * does not list then was refused.
   *
   * @param spark the session of the batch
   * @param plan what runs
   * @param commits the batch's commits
   * @param indexes the indexes as earlier batches have seen them; kept up to date
   */
  static RouteAdmission ofBatch(
      SparkSession spark, QueryPlan plan, BatchCommits commits, Map<String, RouteIndex> indexes) {
    Intents intents =
        new Intents() {
          @Override
          public boolean mayAdd(String index) {
            return commits.isDue(index) && commits.isDue(plan.quarantineTable());
          }

          @Override
          public boolean add(RouteIndex index, Collection<String> routes) {
            return commits.addRoutes(index, routes);
          }

          @Override
          public void provide(RouteWrite write, String route) {
            if (commits.isDue(write.sink().table())) {
              RoutedTables.provide(spark, plan.pipeline(), write, route);
              commits.join(write.table(route).table());
            }
          }
        };
    return new RouteAdmission(spark, intents, indexes);
  }

  /**
   * For a replay of quarantined rows.
   *
   * @param spark has the tables in its catalog
   * @param pipeline the pipeline
   * @param now the time
   */
  public static RouteAdmission ofReplay(SparkSession spark, String pipeline, Instant now) {
    Intents intents =
        new Intents() {
          @Override
          public boolean mayAdd(String index) {
            return true;
          }

          @Override
          public boolean add(RouteIndex index, Collection<String> routes) {
            return index.add(spark, pipeline, routes, now);
          }

          @Override
          public void provide(RouteWrite write, String route) {
            RoutedTables.provide(spark, pipeline, write, route);
          }
        };
    return new RouteAdmission(spark, intents, new HashMap<>());
  }

  /** For a look at what a replay would do. Changes nothing. */
  public static RouteAdmission ofPreview(SparkSession spark) {
    Intents intents =
        new Intents() {
          @Override
          public boolean mayAdd(String index) {
            return true;
          }

          @Override
          public boolean add(RouteIndex index, Collection<String> routes) {
            return true;
          }

          @Override
          public void provide(RouteWrite write, String route) {}
        };
    return new RouteAdmission(spark, intents, new HashMap<>());
  }

  @Override
  public RouteChoice admit(RouteWrite write, StepRows steps) {
    String table = write.sink().table();
    while (true) {
      RouteIndex index = current(table);
      int room =
          intents.mayAdd(table)
              ? Math.max(0, write.route().maxTables() - index.routes().size())
              : 0;
      RouteChoice choice =
          write
              .survey(steps)
              .choose(index.routes(), room, route -> RouteIndex.isTaken(spark, table, route));
      if (choice.added().isEmpty() || intents.add(index, choice.added())) {
        choice.rows().keySet().forEach(route -> intents.provide(write, route));
        return choice;
      }
    }
  }

  private RouteIndex current(String table) {
    RouteIndex seen = indexes.get(table);
    RouteIndex now = seen == null ? RouteIndex.read(spark, table) : seen.refreshed(spark);
    indexes.put(table, now);
    return now;
  }
}
