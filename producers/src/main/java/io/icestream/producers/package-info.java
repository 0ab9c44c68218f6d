/**
 * Producers: everything that puts records into Kafka topics. One package per origin of records
 * ({@code simulate}, {@code file}), one for the Kafka client ({@code kafka}), one for the account
 * of what was sent ({@code ledger}) and one for the record they exchange ({@code record}).
 *
 * <p>This package holds only the failure type all of them share. Nothing here knows Spark, Iceberg
 * or the pipeline file.
 */
package io.icestream.producers;
