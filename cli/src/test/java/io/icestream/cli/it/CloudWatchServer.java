/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/**
 * Takes metrics as CloudWatch does, in the protocol of the SDK (Smithy RPC v2 with CBOR, gzip), and
 * keeps their names and dimensions.
 */
final class CloudWatchServer implements AutoCloseable {
  private static final String PATH =
      "/service/GraniteServiceVersion20100801/operation/PutMetricData";

  /** An empty structure. */
  private static final byte[] DONE = {(byte) 0xbf, (byte) 0xff};

  private final Set<String> shapes = new ConcurrentSkipListSet<>();
  private final HttpServer server;

  CloudWatchServer() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(PATH, this::take);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Each metric that has come, with its dimensions: {@code namespace/name(pipeline,table)}. */
  Set<String> shapes() {
    return new TreeSet<>(shapes);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream body = exchange.getRequestBody();
      try (JsonParser parser =
          new CBORFactory().createParser(zipped ? new GZIPInputStream(body) : body)) {
        parser.nextToken();
        keep((Map<?, ?>) value(parser));
      }
      exchange.getResponseHeaders().set("Smithy-Protocol", "rpc-v2-cbor");
      exchange.getResponseHeaders().set("Content-Type", "application/cbor");
      exchange.sendResponseHeaders(200, DONE.length);
      exchange.getResponseBody().write(DONE);
    }
  }

  private void keep(Map<?, ?> request) {
    for (Object datum : (List<?>) request.get("MetricData")) {
      Map<?, ?> metric = (Map<?, ?>) datum;
      Set<String> dimensions = new TreeSet<>();
      for (Object dimension : (List<?>) metric.get("Dimensions")) {
        dimensions.add((String) ((Map<?, ?>) dimension).get("Name"));
      }
      shapes.add(
          request.get("Namespace")
              + "/"
              + metric.get("MetricName")
              + "("
              + String.join(",", dimensions)
              + ")");
    }
  }

  /** The value that the parser stands at. */
  private static Object value(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> map = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        map.put(name, value(parser));
      }
      return map;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(parser));
      }
      return list;
    }
    return parser.getText();
  }
}
