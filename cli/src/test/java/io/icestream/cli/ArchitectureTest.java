/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.icestream.spark.commit.FaultHooks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What may use what across the modules that meet on this class path. */
@AnalyzeClasses(packages = "io.icestream", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule modelIsPure =
      noClasses()
          .that()
          .resideInAPackage("io.icestream.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache..", "software.amazon..", "io.icestream.spark..", "io.icestream.cli..")
          .because("the pipeline file is checked without Spark, Kafka or AWS on the class path");

  @ArchTest
  static final ArchRule producersKnowNoPipeline =
      noClasses()
          .that()
          .resideInAPackage("io.icestream.producers..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.icestream.spark..", "io.icestream.model..", "org.apache.spark..")
          .because("a producer runs as a Lambda, where none of that belongs");

  @ArchTest
  static final ArchRule sparkJobsRunAnywhere =
      noClasses()
          .that()
          .resideInAPackage("io.icestream.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.icestream.localstack..",
              "io.icestream.producers..",
              "io.icestream.faults..",
              "io.icestream.bench..",
              "io.icestream.cli..")
          .because("the same jar runs on a laptop and on EMR, and knows of neither");

  @ArchTest
  static final ArchRule stackKnowsNoProduct =
      noClasses()
          .that()
          .resideInAPackage("io.icestream.localstack..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.icestream.spark..", "io.icestream.model..", "io.icestream.producers..")
          .because("the stack stands in for AWS, which knows nothing of the product either");

  @ArchTest
  static final ArchRule onlyTheFaultSuiteCausesFaults =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.icestream.faults.inject")
          .should()
          .callMethod(FaultHooks.class, "install", FaultHooks.Observer.class)
          .because("what is installed there can make a pipeline crash or switch its fence off");

  @ArchTest
  static final ArchRule theOracleTrustsNobody =
      noClasses()
          .that()
          .resideInAnyPackage("io.icestream.faults.oracle", "io.icestream.faults.lake")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.icestream.spark..", "org.apache.spark..")
          .because("a recount that uses what it judges shares its faults");

  @ArchTest
  static final ArchRule benchKnowsOnlyHowIcestreamIsStarted =
      noClasses()
          .that()
          .resideInAPackage("io.icestream.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.icestream.spark.*..", "io.icestream.model..", "io.icestream.cli..")
          .because("what is measured is what users start, and the recount is nobody's but its own");

  @ArchTest
  static final ArchRule commandsAreLeaves =
      classes()
          .that()
          .areAnnotatedWith(Command.class)
          .and()
          .implement(Callable.class)
          .should()
          .onlyBeAccessed()
          .byClassesThat()
          .resideInAPackage("io.icestream.cli")
          .because("logic that two commands need belongs below them");

  @ArchTest
  static final ArchRule demoKnowsNoCommandLine =
      noClasses()
          .that()
          .resideInAnyPackage("io.icestream.cli.demo", "io.icestream.cli.example")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..")
          .because("what a command does can be used and tested without a terminal");

  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices()
          .matching("io.icestream.cli.(*)..")
          .should()
          .beFreeOfCycles()
          .because("packages are read one after the other");
}
