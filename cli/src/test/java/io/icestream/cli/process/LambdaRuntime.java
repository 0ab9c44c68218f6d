/* SPDX-License-Identifier: MIT */
package io.icestream.cli.process;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Calls a function once as Lambda does: by its class's name, with the event's bytes. Started in a
 * process of its own, on the class path of the function's zip file and nothing else.
 */
public final class LambdaRuntime {

  private static final int MILLIS_LEFT = 300_000;

  private LambdaRuntime() {}

  /**
   * @param arguments the handler's class and the file with the event; the answer goes to standard
   *     output
   */
  public static void main(String[] arguments) throws Exception {
    RequestStreamHandler handler =
        (RequestStreamHandler) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
    Context context =
        (Context)
            Proxy.newProxyInstance(
                LambdaRuntime.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, unused) ->
                    method.getReturnType() == int.class ? MILLIS_LEFT : "test");
    try (InputStream event = Files.newInputStream(Path.of(arguments[1]))) {
      handler.handleRequest(event, System.out, context);
    }
    System.out.flush();
  }
}
