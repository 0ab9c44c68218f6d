/* SPDX-License-Identifier: MIT */
/** The CDK app: {@code InfraApp} reads the context, {@code Deployment} puts the stacks together. */
package io.icestream.infra;
