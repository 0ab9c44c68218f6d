/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import io.icestream.infra.access.PipelineTables.Name;
import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the job of a pipeline may do: read its topics, make, read and write its tables, read its
 * lookups, keep its checkpoint, and tell how it is. It deletes no table, no topic and nothing of
 * another pipeline.
 */
public final class PipelineGrants {
  private static final List<String> WRITE_OBJECTS =
      List.of(
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:ListMultipartUploadParts",
          "s3:PutObject");

  private final PipelineDefinition pipeline;
  private final PipelineTables tables;
  private final Places places;

  private PipelineGrants(PipelineDefinition pipeline, PipelineTables tables, Places places) {
    this.pipeline = pipeline;
    this.tables = tables;
    this.places = places;
  }

  /**
   * The statements of a pipeline, in a fixed order.
   *
   * @param startFiles ARNs of the objects that its job is started from
   */
  public static List<Grant> of(
      PipelineDefinition pipeline, Places places, List<String> startFiles) {
    PipelineGrants grants = new PipelineGrants(pipeline, PipelineTables.of(pipeline), places);
    List<Grant> all = new ArrayList<>(grants.kafka());
    if (places.tableBucketArn().isPresent()) {
      all.addAll(grants.s3Tables(places.tableBucketArn().orElseThrow()));
    } else {
      all.addAll(grants.glue());
      all.addAll(grants.files());
    }
    all.addAll(grants.checkpoint());
    all.addAll(grants.registry());
    all.add(Grant.of("ReadWhatStartsTheJob", List.of("s3:GetObject"), startFiles));
    all.addAll(grants.telling());
    return List.copyOf(all);
  }

  /**
   * What the names of a pipeline's consumer groups begin with. No pipeline's name has a dot, so
   * none is the beginning of another's.
   */
  public static String groupPrefix(String pipeline) {
    return "icestream." + pipeline + ".";
  }

  private List<Grant> kafka() {
    List<String> topics =
        pipeline.sources().values().stream()
            .map(source -> source.kafka().topic())
            .sorted()
            .toList();
    return List.of(
        Grant.of(
            "ConnectToKafka",
            List.of("kafka-cluster:Connect"),
            List.of(places.kafka("cluster", ""))),
        Grant.of(
            "ReadTopics",
            List.of("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"),
            topics.stream().map(topic -> places.kafka("topic", "/" + topic)).toList()),
        Grant.of(
            "ReadAsGroup",
            List.of("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"),
            List.of(places.kafka("group", "/" + groupPrefix(pipeline.name()) + "*"))));
  }

  private List<Grant> glue() {
    List<String> written =
        Stream.concat(
                tables.written().stream().map(PipelineGrants::gluePath),
                tables.families().stream().map(family -> gluePath(family) + "*"))
            .toList();
    List<String> read = tables.read().stream().map(PipelineGrants::gluePath).toList();
    SortedSet<String> namespaces = tables.namespaces();
    SortedSet<String> allNamespaces = new TreeSet<>(namespaces);
    tables.read().forEach(table -> allNamespaces.add(table.namespace()));
    return List.of(
        Grant.of(
            "FindTables",
            List.of("glue:GetDatabase", "glue:GetTable"),
            glueArns(
                allNamespaces, Stream.concat(written.stream(), read.stream()).sorted().toList())),
        Grant.of(
            "MakeAndCommitTables",
            List.of("glue:CreateTable", "glue:UpdateTable"),
            glueArns(namespaces, written.stream().sorted().toList())));
  }

  private List<String> glueArns(Set<String> namespaces, List<String> tablePaths) {
    return Stream.of(
            Stream.of("catalog"),
            namespaces.stream().map(namespace -> "database/" + namespace),
            tablePaths.stream())
        .flatMap(paths -> paths)
        .map(places::glue)
        .toList();
  }

  private static String gluePath(Name table) {
    return "table/" + table.namespace() + "/" + table.table();
  }

  private List<Grant> files() {
    List<String> written =
        Stream.concat(
                tables.written().stream().map(table -> folder(table) + "/*"),
                tables.families().stream().map(family -> folder(family) + "*"))
            .sorted()
            .toList();
    List<Grant> grants = new ArrayList<>();
    grants.add(
        Grant.of("WriteTableFiles", WRITE_OBJECTS, places.objects(places.tables(), written)));
    if (!tables.read().isEmpty()) {
      List<String> read = tables.read().stream().map(table -> folder(table) + "/*").toList();
      grants.add(
          Grant.of(
              "ReadLookupFiles", List.of("s3:GetObject"), places.objects(places.tables(), read)));
    }
    grants.add(seeing("TellMissingTableFiles", places.tables()));
    return grants;
  }

  private static String folder(Name table) {
    return Places.WAREHOUSE + "/" + table.namespace() + "/" + table.table();
  }

  /**
   * S3 Tables knows a table by a number that nobody has before it is made: names are conditions.
   */
  private List<Grant> s3Tables(String bucketArn) {
    List<Grant> grants = new ArrayList<>();
    grants.add(
        Grant.of(
            "FindAndMakeTables",
            List.of("s3tables:CreateTable", "s3tables:GetNamespace", "s3tables:GetTableBucket"),
            List.of(bucketArn)));
    SortedMap<String, SortedSet<String>> written = new TreeMap<>();
    tables.written().forEach(table -> names(written, table).add(table.table()));
    tables.families().forEach(family -> names(written, family).add(family.table() + "*"));
    written.forEach(
        (namespace, names) ->
            grants.add(
                inTables(
                    "WriteTablesOf" + letters(namespace),
                    List.of(
                        "s3tables:GetTable",
                        "s3tables:GetTableData",
                        "s3tables:GetTableMetadataLocation",
                        "s3tables:PutTableData",
                        "s3tables:UpdateTableMetadataLocation"),
                    bucketArn,
                    namespace,
                    names)));
    SortedMap<String, SortedSet<String>> read = new TreeMap<>();
    tables.read().forEach(table -> names(read, table).add(table.table()));
    read.forEach(
        (namespace, names) ->
            grants.add(
                inTables(
                    "ReadLookupsOf" + letters(namespace),
                    List.of(
                        "s3tables:GetTable",
                        "s3tables:GetTableData",
                        "s3tables:GetTableMetadataLocation"),
                    bucketArn,
                    namespace,
                    names)));
    return grants;
  }

  private static SortedSet<String> names(
      SortedMap<String, SortedSet<String>> namespaces, Name table) {
    return namespaces.computeIfAbsent(table.namespace(), namespace -> new TreeSet<>());
  }

  private static Grant inTables(
      String id,
      List<String> actions,
      String bucketArn,
      String namespace,
      SortedSet<String> names) {
    return Grant.of(id, actions, List.of(bucketArn + "/table/*"))
        .where(
            "StringLike",
            Map.of(
                "s3tables:namespace", List.of(namespace),
                "s3tables:tableName", List.copyOf(names)));
  }

  private static String letters(String namespace) {
    return namespace.replace("_", "");
  }

  private List<Grant> checkpoint() {
    return List.of(
        Grant.of(
            "KeepCheckpoint",
            WRITE_OBJECTS,
            places.objects(places.checkpoints(), List.of(pipeline.name() + "/*"))),
        seeing("TellMissingCheckpointFiles", places.checkpoints()));
  }

  /**
   * Without it S3 says "forbidden" of an object that is not there, and with a condition on the
   * prefix it does, too. It shows names and no contents.
   */
  private Grant seeing(String id, String bucket) {
    return Grant.of(
        id, List.of("s3:GetBucketLocation", "s3:ListBucket"), List.of(places.bucket(bucket)));
  }

  /** Records name their schema by the number of a version: no ARN can be told before. */
  private List<Grant> registry() {
    boolean usesGlue =
        pipeline.sources().values().stream()
            .anyMatch(source -> framing(source.format()) == Framing.GLUE);
    return usesGlue
        ? List.of(
            Grant.of(
                "ReadSchemas",
                List.of("glue:GetSchemaVersion"),
                List.of(places.glue("registry/*"), places.glue("schema/*"))))
        : List.of();
  }

  /** What stands before the records of a format. */
  static Framing framing(FormatDefinition format) {
    if (format instanceof FormatDefinition.Json json) {
      return json.framing();
    }
    if (format instanceof FormatDefinition.Avro avro) {
      return avro.framing();
    }
    if (format instanceof FormatDefinition.Protobuf protobuf) {
      return protobuf.framing();
    }
    return Framing.NONE;
  }

  private List<Grant> telling() {
    return List.of(
        Grant.of(
            "FindLogs",
            List.of("logs:DescribeLogGroups"),
            // EMR looks for its group among all
            List.of(places.logs("*"))),
        Grant.of(
            "WriteLogs",
            List.of("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"),
            List.of(places.logs("log-group:" + places.logGroup() + ":*"))),
        // The call knows no resources
        Grant.of("PutMetrics", List.of("cloudwatch:PutMetricData"), List.of("*"))
            .where("StringEquals", Map.of("cloudwatch:namespace", List.of(Metric.NAMESPACE))));
  }
}
