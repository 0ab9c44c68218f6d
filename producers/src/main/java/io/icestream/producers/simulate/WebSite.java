/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import java.util.stream.IntStream;

/**
 * The made-up web site that log lines and clicks speak of: paths by popularity, referrers and user
 * agents.
 */
final class WebSite {

  private static final int PATHS = 600;
  private static final int REFERRED_PERMILLE = 550;
  private static final String[] FRONT = {
    "/",
    "/favicon.ico",
    "/style.css",
    "/cart",
    "/search",
    "/login",
    "/products",
    "/about",
    "/robots.txt",
    "/blog"
  };
  private static final String[] SECTIONS = {
    "/products/", "/blog/", "/images/", "/help/", "/category/", "/api/v1/items/"
  };
  private static final String[] REFERRERS = {
    "https://www.google.com/search?q=ice+stream",
    "https://www.example.com/",
    "https://duckduckgo.com/",
    "https://news.example.org/item?id=4711",
    "https://www.bing.com/search?q=glacier&form=QBLH"
  };
  private static final String[] AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "curl/8.5.0",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (compatible; \\\"Acme\\\" Crawler/2.1)",
    "-"
  };

  private final String[] paths =
      IntStream.range(0, PATHS).mapToObj(WebSite::pathAt).toArray(String[]::new);
  private final Zipf pathRanks = new Zipf(PATHS, 1.0);
  private final Zipf agentRanks = new Zipf(AGENTS.length, 1.2);

  String path(SeededRandom random) {
    return paths[pathRanks.draw(random)];
  }

  /** Where the visitor came from; null if that is not known. */
  String referrer(SeededRandom random) {
    return random.chance(REFERRED_PERMILLE) ? random.oneOf(REFERRERS) : null;
  }

  /** A user agent as the Apache log writes it: a quote in it is already escaped. */
  String agent(SeededRandom random) {
    return AGENTS[agentRanks.draw(random)];
  }

  private static String pathAt(int rank) {
    if (rank < FRONT.length) {
      return FRONT[rank];
    }
    String section = SECTIONS[rank % SECTIONS.length];
    return section + rank + (section.equals("/images/") ? ".png" : "");
  }
}
