/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

/** Where tables are registered, and with it where their files are. */
public enum CatalogKind {
  /** The Glue Data Catalog, with files in a bucket of the deployment. */
  GLUE,
  /** A table bucket of S3 Tables. */
  S3TABLES
}
