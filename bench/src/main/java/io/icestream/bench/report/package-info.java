/** What the measurements say: costs per row, ratios and their spread, as text, JSON or Markdown. */
package io.icestream.bench.report;
