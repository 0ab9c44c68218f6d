/**
 * The systems that are measured: how each is started, and the programs of those that are no product
 * of their own. Each drains a topic into a table in a process of its own and ends.
 */
package io.icestream.bench.system;
