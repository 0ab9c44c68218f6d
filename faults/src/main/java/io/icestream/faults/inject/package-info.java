/* SPDX-License-Identifier: MIT */
/** Makes a driver in this JVM die at a chosen moment, as far as one can without ending the JVM. */
package io.icestream.faults.inject;
