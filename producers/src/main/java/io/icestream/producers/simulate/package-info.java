/**
 * Simulators: endless-looking but finite, seeded iterators of records with a known share of bad
 * ones. The same settings give the same bytes on every machine and JDK, so there is no clock, no
 * default time zone, no default charset and no JDK random in here.
 *
 * <p>{@code EventStream} decides the class and the time of each record; one {@code EventWriter} per
 * simulator turns that into bytes. No Kafka and no files.
 */
package io.icestream.producers.simulate;
