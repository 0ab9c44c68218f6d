/**
 * Producers: everything that puts records into Kafka topics. One package per origin of records
 * ({@code simulate} and {@code scheduled}, {@code file}, {@code http}, {@code object}, {@code
 * api}), one for the Kafka client ({@code kafka}), one for the account of what was sent ({@code
 * ledger}), one for the record they exchange ({@code record}), and three for what Lambda functions
 * share: {@code function}, {@code deadletter} and {@code json}.
 *
 * <p>This package holds only the failure type all of them share. Nothing here knows Spark, Iceberg
 * or the pipeline file.
 */
package io.icestream.producers;
