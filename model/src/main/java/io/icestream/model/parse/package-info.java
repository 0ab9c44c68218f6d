/**
 * YAML text to {@link io.icestream.model.PipelineDefinition}, strictly.
 *
 * <p>Lives here: the words of the pipeline file as {@link io.icestream.model.shape shapes}, from
 * which parser, JSON Schema and reference come; the checks of what spans several parts of the file;
 * and the way from values to records. Unknown key, duplicate key, wrong type and dangling reference
 * are errors with line, column, the value found and the values allowed; all of them are reported in
 * one go. May not: Spark, defaults that depend on where the pipeline runs.
 */
package io.icestream.model.parse;
