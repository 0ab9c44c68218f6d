/**
 * What a deployment costs a month, from the pipeline files, what the user knows of her data, and a
 * table of prices. {@code CostEstimate} is a function of values; nobody is asked.
 */
package io.icestream.cli.cost;
