/**
 * YAML text to {@link io.icestream.model.PipelineDefinition}, strictly.
 *
 * <p>Lives here: the parser, and the validator of what spans several parts of the file. Unknown
 * key, duplicate key, wrong type and dangling reference are errors with line, column, the value
 * found and the values allowed; all of them are reported in one go. May not: Spark, defaults that
 * depend on where the pipeline runs.
 */
package io.icestream.model.parse;
