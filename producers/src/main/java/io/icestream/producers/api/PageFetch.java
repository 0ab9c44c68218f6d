/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.producers.ProducerException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Fetches pages of one API, and tries again where that may help: after answers 429 and 5xx, as late
 * as Retry-After says, and after connections that fail. Redirects are not followed, because headers
 * may hold secrets.
 */
final class PageFetch {

  private static final int LARGEST_PAGE = 64 << 20;
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

  private final ApiDefinition api;
  private final Placeholders placeholders;
  private final Waiting waiting;
  private final HttpClient client;

  PageFetch(ApiDefinition api, Placeholders placeholders, Waiting waiting) {
    this.api = api;
    this.placeholders = placeholders;
    this.waiting = waiting;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(api.limits().timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Fetches the page that a state points to, if it has changed since.
   *
   * @throws ProducerException if the API refuses, or does not answer in all tries
   */
  Page fetch(PollState state) {
    HttpRequest request = request(state);
    Duration backoff = api.limits().backoff();
    for (int attempt = 1; ; attempt++) {
      Attempt result = attempt(request);
      if (result.page().isPresent()) {
        return result.page().get();
      }
      if (attempt >= api.limits().attempts()) {
        throw new ProducerException(
            "API '"
                + api.name()
                + "' at "
                + api.url()
                + " did not answer in "
                + attempt
                + " tries. The last: "
                + result.problem());
      }
      // Others that wait too shall not come back all at once
      double spread = 0.5 + ThreadLocalRandom.current().nextDouble() / 2;
      waiting.sleep(
          result
              .retryAfter()
              .orElse(Duration.ofMillis((long) Math.ceil(backoff.toMillis() * spread))));
      Duration doubled = backoff.multipliedBy(2);
      backoff = doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
    }
  }

  /** A page, or why there is none and when to ask again. */
  private record Attempt(Optional<Page> page, String problem, Optional<Duration> retryAfter) {

    static Attempt of(Page page) {
      return new Attempt(Optional.of(page), "", Optional.empty());
    }
  }

  private Attempt attempt(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return attempt(response, body);
      }
    } catch (IOException e) {
      return new Attempt(Optional.empty(), e.toString(), Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProducerException("Interrupted while waiting for API '" + api.name() + "'.", e);
    }
  }

  private Attempt attempt(HttpResponse<InputStream> response, InputStream body) throws IOException {
    int status = response.statusCode();
    if (status == 304) {
      return Attempt.of(new Page.Unchanged());
    }
    if (status == 429 || status >= 500) {
      return new Attempt(
          Optional.empty(),
          "HTTP status " + status,
          RetryAfter.of(response.headers().firstValue("retry-after"), Instant.now()));
    }
    if (status != 200) {
      throw new ProducerException(
          "API '"
              + api.name()
              + "' at "
              + api.url()
              + " answers with HTTP status "
              + status
              + ", expected 200 or 304. Check its URL, query and headers.");
    }
    byte[] bytes = body.readNBytes(LARGEST_PAGE + 1);
    if (bytes.length > LARGEST_PAGE) {
      throw new ProducerException(
          "A page of API '" + api.name() + "' has more than 64 MiB: ask for smaller ones.");
    }
    return Attempt.of(
        new Page.Full(
            bytes,
            response.headers().firstValue("etag"),
            response.headers().firstValue("last-modified")));
  }

  private HttpRequest request(PollState state) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(state)).timeout(api.limits().timeout()).GET();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("accept", "application/json");
    api.request().headers().forEach((name, text) -> headers.put(name, placeholders.fill(text)));
    state.etag().ifPresent(etag -> headers.put("if-none-match", etag));
    state.modified().ifPresent(time -> headers.put("if-modified-since", time));
    headers.forEach(
        (name, value) -> {
          try {
            HttpRequest.Builder unused = request.setHeader(name, value);
          } catch (IllegalArgumentException e) {
            // The cause may have the value in its message
            throw new ProducerException(
                "Header '" + name + "' of API '" + api.name() + "' cannot be sent: leave it out.");
          }
        });
    return request.build();
  }

  private URI uri(PollState state) {
    if (state.cursor().isPresent() && api.cursor().orElseThrow().parameter().isEmpty()) {
      return next(state.cursor().get());
    }
    Map<String, String> query = new TreeMap<>();
    api.request().query().forEach((name, text) -> query.put(name, placeholders.fill(text)));
    state
        .cursor()
        .ifPresent(
            cursor -> query.put(api.cursor().orElseThrow().parameter().orElseThrow(), cursor));
    if (query.isEmpty()) {
      return api.url();
    }
    return URI.create(
        api.url()
            + "?"
            + query.entrySet().stream()
                .map(
                    each ->
                        URLEncoder.encode(each.getKey(), UTF_8)
                            + "="
                            + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&")));
  }

  /** The next page by its URL: of the same server only, which alone may see the headers. */
  private URI next(String cursor) {
    URI next;
    try {
      next = api.url().resolve(cursor);
    } catch (IllegalArgumentException e) {
      throw new ProducerException(
          "The cursor of API '" + api.name() + "' is no URL: name its 'cursor.parameter'.", e);
    }
    boolean same =
        api.url().getScheme().equals(next.getScheme())
            && String.valueOf(api.url().getAuthority()).equals(next.getAuthority());
    if (!same) {
      throw new ProducerException(
          "The next page of API '"
              + api.name()
              + "' is at "
              + next.getScheme()
              + "://"
              + next.getAuthority()
              + ", not at the server of its URL: nothing is asked there.");
    }
    return next;
  }
}
