/* SPDX-License-Identifier: MIT */
package io.icestream.spark.kept;

import java.io.Serializable;

/**
 * What is kept of one task.
 *
 * @param rows its rows
 * @param counts what was counted of them
 */
record KeptTask<C extends Serializable>(RowPages rows, C counts) implements Serializable {}
