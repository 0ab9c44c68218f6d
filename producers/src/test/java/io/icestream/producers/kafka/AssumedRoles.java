/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * Takes down which roles the SDK is about to assume, and keeps it from asking STS. The SDK makes
 * one for each client, by a file of the test resources.
 */
public final class AssumedRoles implements ExecutionInterceptor {

  static final List<AssumeRoleRequest> ASKED = new CopyOnWriteArrayList<>();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof AssumeRoleRequest request) {
      ASKED.add(request);
      throw SdkClientException.create("No network in this test");
    }
  }
}
