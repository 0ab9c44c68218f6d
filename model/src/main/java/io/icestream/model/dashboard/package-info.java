/**
 * The texts that Grafana and Prometheus read, made of the catalogue alone.
 *
 * <p>Lives here: dashboards, alert rules, queries in the languages of both backends. May not: read
 * or write a file, know a metric that the catalogue does not have.
 */
package io.icestream.model.dashboard;
