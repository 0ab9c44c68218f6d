/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.icestream.controller", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule decisionsAreAFunctionOfValues =
      noClasses()
          .that()
          .resideInAPackage("io.icestream.controller.decide")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("java..", "io.icestream.controller.decide")
          .because("what is to be done is decided without AWS, and tested in all combinations");

  @ArchTest
  static final ArchRule decisionsKnowTheTimeThatTheyAreTold =
      noClasses()
          .that()
          .resideInAPackage("io.icestream.controller.decide")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .because("a decision that looks at the clock cannot be repeated");

  @ArchTest
  static final ArchRule onlyOnePackageReachesAws =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.icestream.controller.aws")
          .and()
          .doNotHaveSimpleName("ControllerHandler")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..")
          .because("everything else is tested without a service");

  @ArchTest
  static final ArchRule theFunctionIsSmall =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.icestream.spark..",
              "io.icestream.model..",
              "io.icestream.infra..",
              "io.icestream.producers..",
              "org.apache..")
          .because("it starts in a second and fits into a zip file of 30 MB");
}
