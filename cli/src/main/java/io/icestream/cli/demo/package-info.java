/**
 * The demo: both example pipelines on a stack of their own, and the account of what became of every
 * event.
 *
 * <p>Lives here: the processes that the demo starts, the progress read from the tables, the
 * accounting, which compares the producers' ledger with the tables and asks no counter of the job,
 * and the report. May not: know the command line.
 */
package io.icestream.cli.demo;
