/**
 * What Icestream measures about itself: each metric, the alarms on them, and the panels that show
 * them.
 *
 * <p>Lives here: the catalogue as values, and the texts that are made of it alone. May not:
 * measure, know a library of meters, read or write a file.
 */
package io.icestream.model.metric;
