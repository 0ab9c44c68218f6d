/** Runs a program and measures what it has used. Linux only. Knows nothing of benchmarks. */
package io.icestream.bench.process;
