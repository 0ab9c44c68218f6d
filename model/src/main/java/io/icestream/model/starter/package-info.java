/**
 * Files to start from: a commented pipeline and its schema.
 *
 * <p>Lives here: their text. May not: writing them, which the command line does.
 */
package io.icestream.model.starter;
