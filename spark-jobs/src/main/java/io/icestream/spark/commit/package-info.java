/**
 * Rows to snapshots: the only package that commits data.
 *
 * <p>Lives here: the marker and the ledger that each data snapshot carries, the fence that makes a
 * commit a compare-and-swap on Kafka offsets, the catalog that puts both into every write of a
 * session, and the sinks. A batch that is run again, by this driver or another, can neither lose
 * nor repeat a row. May not: read Kafka, start queries.
 */
package io.icestream.spark.commit;
