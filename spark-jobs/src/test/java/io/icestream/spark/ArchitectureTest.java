/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;

/** Who may do what in the Spark jobs: source, decode, transform, expect, commit, in this order. */
@AnalyzeClasses(packages = "io.icestream.spark", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.icestream.spark";
  private static final String PLAN = ROOT + ".plan..";
  private static final String SOURCE = ROOT + ".source..";
  private static final String DECODE = ROOT + ".decode..";
  private static final String TRANSFORM = ROOT + ".transform..";
  private static final String EXPECT = ROOT + ".expect..";
  private static final String TABLE = ROOT + ".table..";
  private static final String KEPT = ROOT + ".kept..";
  private static final String FILES = ROOT + ".files..";
  private static final String COMMIT = ROOT + ".commit..";
  private static final String MAINTENANCE = ROOT + ".maintenance..";
  private static final String SINK = ROOT + ".sink..";
  private static final String QUERY = ROOT + ".query..";
  private static final String ENVIRONMENT = ROOT + ".environment..";

  @ArchTest
  static final ArchRule onlySourceReadsStreams =
      noClasses()
          .that()
          .resideOutsideOfPackage(SOURCE)
          .should()
          .callMethodWhere(calls(SparkSession.class, "readStream"))
          .because("a second stream would have offsets that no marker and no ledger knows");

  @ArchTest
  static final ArchRule onlySourceKnowsKafkaClients =
      noClasses()
          .that()
          .resideOutsideOfPackage(SOURCE)
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.kafka..")
                  .and(not(resideInAPackage("org.apache.kafka.common.errors.."))))
          .because("a batch sees the records that Spark read for it, and nothing newer");

  @ArchTest
  static final ArchRule onlyQueryStartsQueries =
      noClasses()
          .that()
          .resideOutsideOfPackage(QUERY)
          .should()
          .callMethodWhere(calls(DataStreamWriter.class, "start"))
          .orShould()
          .callMethodWhere(calls(Dataset.class, "writeStream"))
          .because("what starts a query has to watch, drain and stop it");

  @ArchTest
  static final ArchRule onlyCommitWritesRows =
      noClasses()
          .that()
          .resideOutsideOfPackages(COMMIT, FILES, MAINTENANCE)
          .should()
          .callMethodWhere(calls(Dataset.class, "write", "writeTo", "mergeInto"))
          .orShould()
          .dependOnClassesThat(
              resideInAPackage("org.apache.iceberg..")
                  .and(not(resideInAPackage("org.apache.iceberg.exceptions.."))))
          .because("a write that does not pass the fence can lose or repeat rows");

  @ArchTest
  static final ArchRule filesAreNotCommittedWhereTheyAreWritten =
      noClasses()
          .that()
          .resideInAPackage(FILES)
          .should()
          .dependOnClassesThat(
              assignableTo(PendingUpdate.class)
                  .or(assignableTo(Transaction.class))
                  .or(assignableTo(TableOperations.class)))
          .because("only commit knows whether a table may have them");

  @ArchTest
  static final ArchRule maintenanceChangesNoRows =
      noClasses()
          .that()
          .resideInAPackage(MAINTENANCE)
          .should()
          .dependOnClassesThat(
              assignableTo(AppendFiles.class)
                  .or(assignableTo(OverwriteFiles.class))
                  .or(assignableTo(RowDelta.class))
                  .or(assignableTo(DeleteFiles.class))
                  .or(assignableTo(Transaction.class))
                  .or(assignableTo(TableOperations.class)))
          .orShould()
          .callMethodWhere(calls(Dataset.class, "write", "writeTo", "mergeInto"))
          .because("it runs beside the commits of a pipeline, and not behind their fence");

  /** MERGE and steps are SQL too, so what a statement does cannot be told from the call. */
  @ArchTest
  static final ArchRule onlyTableCommitAndTransformRunSql =
      noClasses()
          .that()
          .resideOutsideOfPackages(TABLE, COMMIT, TRANSFORM)
          .should()
          .callMethodWhere(calls(SparkSession.class, "sql"))
          .because(
              "DDL belongs to table, MERGE to commit, and a step's query to transform, which"
                  + " checks that it is one");

  /** The catalog of commit hands tables out and passes everything else on. */
  @ArchTest
  static final ArchRule nobodyMakesTablesPastSql =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".commit.FencedTables")
          .should()
          .callMethodWhere(
              calls(Catalog.class, "createTable", "buildTable", "dropTable", "renameTable"))
          .orShould()
          .callMethodWhere(
              calls(
                  org.apache.spark.sql.catalog.Catalog.class, "createTable", "createExternalTable"))
          .because("a table is made in one place, with the properties that all tables have");

  @ArchTest
  static final ArchRule planIsPure =
      noClasses()
          .that()
          .resideInAPackage(PLAN)
          .should()
          .dependOnClassesThat(
              assignableTo(SparkSession.class)
                  .or(assignableTo(Dataset.class))
                  .or(
                      resideInAnyPackage(
                          "java.io..", "java.nio.file..", "java.net..", "org.apache.hadoop..")))
          .because("plans are values that tests build without Spark, and that can be compared");

  @ArchTest
  static final ArchRule recoveryIsPure =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".recovery")
          .should()
          .dependOnClassesThat(
              assignableTo(SparkSession.class)
                  .or(assignableTo(Dataset.class))
                  .or(
                      resideInAnyPackage(
                          "java.io..",
                          "java.nio.file..",
                          "org.apache.hadoop..",
                          "org.apache.kafka..",
                          "org.apache.iceberg..")))
          .because("a start, a dry run and a recovery decide the same, from the same values");

  @ArchTest
  static final ArchRule schemaIsPure =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".schema")
          .should()
          .dependOnClassesThat(
              assignableTo(SparkSession.class)
                  .or(assignableTo(Dataset.class))
                  .or(
                      resideInAnyPackage(
                              ROOT + ".decode..", ROOT + ".table..", ROOT + ".query..", "java.io..")
                          .and(DescribedPredicate.not(assignableTo(java.io.Serializable.class)))))
          .because("how columns may change is one set of rules for formats, plans and tables");

  @ArchTest
  static final ArchRule decodeKnowsNoTables =
      noClasses()
          .that()
          .resideInAPackage(DECODE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TABLE, COMMIT, EXPECT, TRANSFORM, QUERY, "org.apache.iceberg..")
          .because("bytes become rows the same way whatever becomes of the rows");

  @ArchTest
  static final ArchRule transformKnowsNoSinks =
      noClasses()
          .that()
          .resideInAPackage(TRANSFORM)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COMMIT, TABLE, SINK, QUERY)
          .because("steps turn datasets into datasets; sinks take them from there");

  @ArchTest
  static final ArchRule expectDoesNotWrite =
      noClasses()
          .that()
          .resideInAPackage(EXPECT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COMMIT, TABLE, TRANSFORM, SINK, QUERY)
          .because("an expectation says which way a row goes, and does not take it there");

  @ArchTest
  static final ArchRule commitDoesNotReadKafka =
      noClasses()
          .that()
          .resideInAPackage(COMMIT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SOURCE, TRANSFORM, EXPECT, SINK, QUERY)
          .because("a commit is of rows that are there already");

  @ArchTest
  static final ArchRule sinkKnowsNoBatches =
      noClasses()
          .that()
          .resideInAPackage(SINK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SOURCE, EXPECT, TABLE, QUERY, ROOT + ".replay..")
          .because("what a mode does to a table is the same in a batch, a replay and a rehearsal");

  @ArchTest
  static final ArchRule onlyTheRootKnowsYaml =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.icestream.model.parse..", "org.snakeyaml..")
          .because("what runs is a plan; the file is read once, before");

  @ArchTest
  static final ArchRule catalystStaysInNamedPackages =
      noClasses()
          .that()
          .resideOutsideOfPackages(SOURCE, DECODE, TRANSFORM, EXPECT, SINK, KEPT, FILES, COMMIT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark.sql.catalyst..")
          .because(
              "Catalyst changes with each Spark release: what has to change too is named here");

  @ArchTest
  static final ArchRule environmentKnowsNothingOfPipelines =
      noClasses()
          .that()
          .resideInAPackage(ENVIRONMENT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.icestream.model..", PLAN, QUERY, COMMIT)
          .because("the same file runs in every environment, and the other way round");

  @ArchTest
  static final ArchRule onlyMainEndsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .because("a pipeline can run inside another process");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching(ROOT + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("each package can be read, tested and changed knowing only those below it");

  @ArchTest
  static final ArchRule nobodyDependsOnTheComposition =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT)
          .because("the root puts the parts together; none of them needs it");

  @ArchTest
  static final ArchRule nothingDependsOnMetrics =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".metrics")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".metrics", "io.micrometer..")
          .because("what is measured goes on the same, whether or not somebody measures");

  @ArchTest
  static final ArchRule decodersStayInside =
      classes()
          .that()
          .haveSimpleNameEndingWith("Decoder")
          .should()
          .notBePublic()
          .because("a format is asked for by its definition");

  @ArchTest
  static void everyPackageSaysWhatLivesThere(JavaClasses classes) {
    Set<String> packages =
        classes.stream().map(c -> c.getPackageName()).collect(Collectors.toSet());
    assertThat(packages)
        .as("packages with a package-info")
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(
                        Files.readString(
                            Path.of("src/main/java", name.replace('.', '/'), "package-info.java")))
                    .contains("/**"));
  }

  private static DescribedPredicate<JavaCall<?>> calls(Class<?> owner, String... methods) {
    DescribedPredicate<JavaCall<?>> onOwner =
        JavaCall.Predicates.target(owner(assignableTo(owner)));
    return onOwner.and(
        DescribedPredicate.describe(
            String.join(" or ", methods), call -> Set.of(methods).contains(call.getName())));
  }
}
