/**
 * What producers know of JSON: records cut out of a document byte for byte, and the value at a JSON
 * pointer. Nothing here knows where the bytes come from or go to.
 */
package io.icestream.producers.json;
