/* SPDX-License-Identifier: MIT */
package io.icestream.bench.workload;

/**
 * One column of a workload.
 *
 * @param name the field of the record and the column of the table
 * @param type its type
 * @param required whether each record has it; a field that is not required may be null
 */
public record Column(String name, ColumnType type, boolean required) {}
