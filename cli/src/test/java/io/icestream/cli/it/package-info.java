/* SPDX-License-Identifier: MIT */
/**
 * The product as its user meets it: the built command in processes of its own, against a real
 * broker and a real object store. Nothing here calls a class of the command; what a test computes
 * to compare with comes from other programs or from the producer's ledger.
 */
package io.icestream.cli.it;
