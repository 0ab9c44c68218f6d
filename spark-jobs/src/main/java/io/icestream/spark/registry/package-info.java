/**
 * Clients of schema registries: a schema's id, as it stands before a record, to the schema that the
 * record was written with.
 *
 * <p>Lives here: one client for each kind of registry, a cache and the waiting for a registry that
 * is away. May not: know how records are decoded.
 */
package io.icestream.spark.registry;
