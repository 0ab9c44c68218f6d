/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.controller.decide.Action.Rest;
import io.icestream.controller.decide.Action.Status;
import io.icestream.controller.emulated.Effects;
import io.icestream.controller.emulated.EmulatedRun;
import io.icestream.controller.emulated.World;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The controller dies before and after each thing that it changes, and a second one comes in
 * between at each of these points. In the end all is as without that, and at no time were two runs
 * of the pipeline alive.
 */
class CrashTest {
  private static final String V1 = "s3://assets/v1.jar";
  private static final String V2 = "s3://assets/v2.jar";
  private static final int MINUTES = 30;

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void aControllerThatDiesAtAnyPointIsCarriedOn(Scenario scenario) {
    everywhere(
        scenario,
        world -> {
          throw new Death();
        },
        world -> {});
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void aControllerThatDiesAtAnyPointIsCarriedOnEvenIfEmrHasForgottenTheToken(Scenario scenario) {
    everywhere(
        scenario,
        world -> {
          throw new Death();
        },
        world -> world.emr().forgetTokens());
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void twoControllersAtOnceDoWhatOneDoes(Scenario scenario) {
    everywhere(scenario, World::look, world -> {});
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void aControllerThatWasAsleepForMinutesDoesNoHarm(Scenario scenario) {
    everywhere(scenario, world -> world.minutes(8), world -> {});
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void anotherUpgradeAtAnyPointIsTheOneThatRunsInTheEnd(Scenario scenario) {
    for (int at = 1; at <= effects(scenario); at++) {
      {
        World world = new World();
        // given
        scenario.before(world);
        Effects effects = new Effects(at, true, () -> upgradeAgain(world));

        // when
        run(world, scenario, effects);
        Rest rest = world.minutes(MINUTES);

        // then
        assertThat(world.emr().crowds()).isEmpty();
        assertThat(rest.status()).as("Effect %d", at).isEqualTo(Status.RUNNING);
        assertThat(world.emr().last().jar()).isEqualTo("s3://assets/v3.jar");
      }
    }
  }

  private static void upgradeAgain(World world) {
    world.deploy("s3://assets/v3.jar");
    world.look();
  }

  private static void everywhere(Scenario scenario, Consumer<World> event, Consumer<World> given) {
    int count = effects(scenario);
    assertThat(count).isPositive();
    for (int at = 1; at <= count; at++) {
      for (boolean after : List.of(false, true)) {
        {
          World world = new World();
          // given
          given.accept(world);
          scenario.before(world);
          Effects effects = new Effects(at, after, () -> event.accept(world));

          // when
          run(world, scenario, effects);
          Rest rest = world.minutes(MINUTES);

          // then
          String where = (after ? "after" : "before") + " effect " + at + " of " + count;
          assertThat(world.emr().crowds()).as(where).isEmpty();
          assertThat(rest.status()).as(where).isEqualTo(scenario.end);
          assertThat(alive(world)).as(where).isEqualTo(scenario.running);
        }
      }
    }
  }

  /** How many things are changed on the way. */
  private static int effects(Scenario scenario) {
    {
      World world = new World();
      scenario.before(world);
      Effects effects = new Effects(0, false, () -> {});
      run(world, scenario, effects);
      assertThat(alive(world)).isEqualTo(scenario.running);
      return effects.count();
    }
  }

  private static void run(World world, Scenario scenario, Effects effects) {
    scenario.happen(world);
    for (int minute = 0; minute < MINUTES; minute++) {
      world.pass();
      try {
        world.controller(effects).reconcile();
      } catch (Death e) {
        // The next minute brings another one
      }
    }
  }

  private static List<String> alive(World world) {
    return world.emr().runs().stream().filter(EmulatedRun::alive).map(EmulatedRun::jar).toList();
  }

  /** The function is gone: not an exception that anybody catches. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private enum Scenario {
    FIRST_DEPLOYMENT(Status.RUNNING, V1) {
      @Override
      void before(World world) {}

      @Override
      void happen(World world) {
        world.deploy(V1);
      }
    },
    UPGRADE(Status.RUNNING, V2) {
      @Override
      void happen(World world) {
        world.deploy(V2);
      }
    },
    FAILED_UPGRADE(Status.BEHIND, V1) {
      @Override
      void happen(World world) {
        world.emr().fails(V2, 78);
        world.deploy(V2);
      }
    },
    FAILURE(Status.RUNNING, V1) {
      @Override
      void happen(World world) {
        world.emr().ends(world.emr().last().id(), "FAILED", 1);
      }
    },
    STARTED_BY_HAND(Status.RUNNING, V1) {
      @Override
      void before(World world) {
        world.emr().startedByHand(World.PIPELINE);
      }

      @Override
      void happen(World world) {
        world.deploy(V1);
      }
    };

    private final Status end;
    private final List<String> running;

    Scenario(Status end, String running) {
      this.end = end;
      this.running = List.of(running);
    }

    void before(World world) {
      world.deploy(V1);
      world.minutes(12);
    }

    abstract void happen(World world);
  }
}
