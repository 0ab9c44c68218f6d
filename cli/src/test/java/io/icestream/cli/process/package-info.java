/* SPDX-License-Identifier: MIT */
/** The built product in processes of its own, for the tests of this module and of others. */
package io.icestream.cli.process;
