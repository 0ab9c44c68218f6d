/**
 * The store and the catalog that all systems share: files on local disk, counted as an object store
 * would count them, and the state of a table after a run.
 */
package io.icestream.bench.lake;
