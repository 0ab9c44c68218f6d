/* SPDX-License-Identifier: MIT */
/**
 * Where a deployment goes and how large it may become, read from the context of the CDK. Plain
 * values: no construct, no call to AWS.
 */
package io.icestream.infra.environment;
