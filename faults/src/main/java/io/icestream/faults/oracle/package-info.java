/* SPDX-License-Identifier: MIT */
/**
 * What a lake has to hold after faults, and what it holds instead. Pure values and rules: knows
 * neither Spark, Iceberg nor Kafka, so that each rule is tested with planted errors.
 */
package io.icestream.faults.oracle;
