/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.icestream.infra", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule decisionsKnowNoConstruct =
      noClasses()
          .that()
          .resideInAnyPackage("io.icestream.infra.access", "io.icestream.infra.environment")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software..", "io.icestream.infra.stack")
          .because("what a pipeline may do is decided without the CDK, and tested without it");

  @ArchTest
  static final ArchRule templatesAreMadeOfFilesAlone =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon.awssdk..",
              "org.apache..",
              "java.net.http..",
              "io.icestream.spark..",
              "io.icestream.producers..",
              "io.icestream.localstack..",
              "io.icestream.cli..")
          .because("a synthesis asks nobody, and the jars of the other modules travel as assets");

  @ArchTest
  static final ArchRule defaultsOfTheMachineDoNotCount =
      noClasses()
          .should()
          .callMethod(System.class, "getenv", String.class)
          .because("the command line sets a region of its own where nobody has signed in");

  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices()
          .matching("io.icestream.infra.(*)..")
          .should()
          .beFreeOfCycles()
          .because("packages are read one after the other");
}
