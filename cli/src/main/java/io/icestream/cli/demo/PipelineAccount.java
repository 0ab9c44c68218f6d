/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import java.util.Map;

/**
 * What became of the events of a pipeline, counted from its tables and the producer's ledger.
 *
 * @param pipeline the pipeline
 * @param produced events that Kafka has acknowledged, by the ledger
 * @param read rows of tables that have a Kafka position: accepted, quarantined and late
 * @param written rows by table, the quarantine left out
 * @param aggregated accepted rows that the aggregates are made of
 * @param quarantined rows in quarantine that are not late
 * @param late rows in quarantine that are
 * @param lost events without a row
 * @param duplicated rows beyond the first of a position, and rows of no event
 * @param altered quarantined payloads that are not what was sent, by their SHA-256
 * @param outcomes by class of event, how many went where
 */
public record PipelineAccount(
    DemoPipeline pipeline,
    long produced,
    long read,
    Map<String, Long> written,
    long aggregated,
    long quarantined,
    long late,
    long lost,
    long duplicated,
    long altered,
    Map<String, Map<String, Long>> outcomes) {

  /** Whether each event is in exactly one place and each accepted row in exactly one aggregate. */
  public boolean balanced() {
    long accepted = written.get(pipeline.rows());
    return produced == read
        && read == accepted + quarantined + late
        && aggregated == accepted
        && lost == 0
        && duplicated == 0
        && altered == 0;
  }
}
