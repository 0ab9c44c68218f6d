/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import io.icestream.spark.registry.WriterSchema.Language;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetSchemaVersionResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

/**
 * AWS Glue Schema Registry, with the credentials of the process and the HTTP client that the SDK
 * finds: which one there is, differs between clusters. Asks once; does not try again, but for what
 * the SDK repeats within the timeout.
 */
final class GlueRegistry implements SchemaRegistry {
  private final GlueClient glue;
  private final String place;

  GlueRegistry(RegistrySettings settings) {
    this.place = settings.place();
    GlueClientBuilder client =
        GlueClient.builder().overrideConfiguration(c -> c.apiCallTimeout(settings.timeout()));
    if (!settings.region().isEmpty()) {
      client.region(Region.of(settings.region()));
    }
    if (!settings.url().isEmpty()) {
      client.endpointOverride(URI.create(settings.url()));
    }
    this.glue = client.build();
  }

  @Override
  public Optional<WriterSchema> byId(SchemaId id) {
    try {
      GetSchemaVersionResponse version =
          glue.getSchemaVersion(r -> r.schemaVersionId(id.toString()));
      if (version.status() == SchemaVersionStatus.PENDING) {
        throw new RegistryUnavailableException(
            "AWS Glue still checks schema version " + id + ". It answers when that is done.");
      }
      return version.status() == SchemaVersionStatus.AVAILABLE
          ? Optional.of(WriterSchema.of(language(version), version.schemaDefinition()))
          : Optional.empty();
    } catch (EntityNotFoundException | InvalidInputException e) {
      return Optional.empty();
    } catch (AwsServiceException e) {
      throw unavailable("answers " + e.awsErrorDetails().errorCode(), e);
    } catch (SdkException e) {
      throw unavailable("does not answer (" + e.getMessage() + ")", e);
    }
  }

  private static Language language(GetSchemaVersionResponse version) {
    return switch (version.dataFormat()) {
      case AVRO -> Language.AVRO;
      case PROTOBUF -> Language.PROTOBUF;
      case JSON -> Language.JSON;
      case UNKNOWN_TO_SDK_VERSION -> Language.OTHER;
    };
  }

  private RegistryUnavailableException unavailable(String found, SdkException cause) {
    return new RegistryUnavailableException(
        "Schema registry "
            + place
            + " "
            + found
            + ". Check the network, the region and the permission glue:GetSchemaVersion.",
        cause);
  }
}
