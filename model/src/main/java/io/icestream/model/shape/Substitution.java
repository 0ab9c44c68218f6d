/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Parameters;
import io.icestream.model.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${env:NAME}} and {@code ${param:NAME}}. A variable's value is taken as it is: it
 * is not looked through for variables.
 */
abstract sealed class Substitution {
  /** A variable, as JSON Schema has to allow it. */
  static final String REFERENCE = "\\$\\{(env|param):[A-Za-z_][A-Za-z0-9_.-]*\\}";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^{}]*)\\}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final List<String> SCHEMES = List.of("env", "param");

  private final Parameters parameters;

  private Substitution(Parameters parameters) {
    this.parameters = parameters;
  }

  /** A text cannot be resolved; the message names the variable and no value. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** The text with its variables replaced. */
  abstract String replace(String text) throws Refused;

  /** How messages show a text with variables. */
  static String shown(String written) {
    return VARIABLE.matcher(written).matches()
        ? "the value of " + written
        : "the value of '" + written + "'";
  }

  /** A dollar and a brace: the variable that begins there, as far as it goes. */
  final Matcher variable(String text, int start) throws Refused {
    Matcher matcher = VARIABLE.matcher(text).region(start, text.length());
    if (!matcher.lookingAt()) {
      throw new Refused(
          "'${' has no '}'. Write ${env:NAME} or ${param:NAME}, or $${ for the characters"
              + " themselves.");
    }
    return matcher;
  }

  /** The value of what stands between the braces. */
  final String value(String variable) throws Refused {
    int colon = variable.indexOf(':');
    String scheme = variable.substring(0, Math.max(0, colon));
    String name = variable.substring(colon + 1);
    if (colon < 0) {
      throw new Refused(
          "'${"
              + variable
              + "}' does not say where its value comes from. Write ${env:NAME} or ${param:NAME},"
              + " or $${ for the characters themselves.");
    }
    if (!SCHEMES.contains(scheme)) {
      throw new Refused(
          "'${" + variable + "}' begins with '" + scheme + "'. " + Suggestion.of(scheme, SCHEMES));
    }
    if (!NAME.matcher(name).matches()) {
      throw new Refused(
          "'${"
              + variable
              + "}' has no name. Use letters, digits, underscores, dots and dashes, a letter"
              + " first.");
    }
    return scheme.equals("env") ? environment(name) : parameter(name);
  }

  private String environment(String name) throws Refused {
    return parameters
        .environment()
        .apply(name)
        .orElseThrow(
            () ->
                new Refused(
                    "${env:"
                        + name
                        + "} has no value. Set the environment variable "
                        + name
                        + "."));
  }

  private String parameter(String name) throws Refused {
    String value = parameters.values().get(name);
    if (value == null) {
      throw new Refused(
          "${param:"
              + name
              + "} has no value. Give the parameter. "
              + Suggestion.among(
                  name, parameters.values().keySet().stream().sorted().toList(), "Given"));
    }
    return value;
  }

  /** Variables in a text; a second dollar before one takes it for text. */
  static final class Text extends Substitution {
    Text(Parameters parameters) {
      super(parameters);
    }

    @Override
    String replace(String text) throws Refused {
      StringBuilder replaced = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        if (text.startsWith("$${", i)) {
          replaced.append("${");
          i += 2;
        } else if (text.startsWith("${", i)) {
          Matcher variable = variable(text, i);
          replaced.append(value(variable.group(1)));
          i = variable.end() - 1;
        } else {
          replaced.append(text.charAt(i));
        }
      }
      return replaced.toString();
    }
  }

  /**
   * Parameters in SQL, each of which becomes a text literal. A value cannot become code: a variable
   * may neither stand inside quotes or a comment, where its literal would end them, nor touch a
   * word, which could be the prefix of another kind of literal.
   */
  static final class Sql extends Substitution {
    private static final Pattern QUIET =
        Pattern.compile(
            "'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"|`[^`]*+`|--[^\\r\\n]*+|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern OPENING = Pattern.compile("['\"`]|/\\*");

    Sql(Parameters parameters) {
      super(parameters);
    }

    @Override
    String replace(String sql) throws Refused {
      StringBuilder replaced = new StringBuilder();
      Matcher quiet = QUIET.matcher(sql);
      for (int i = 0; i < sql.length(); i++) {
        if (quiet.region(i, sql.length()).lookingAt()) {
          requireQuiet(quiet.group(), i == 0 ? ' ' : sql.charAt(i - 1));
          replaced.append(quiet.group());
          i = quiet.end() - 1;
        } else if (sql.startsWith("${", i)) {
          Matcher variable = variable(sql, i);
          requireParameter(variable.group(1));
          requireApart(sql, i - 1, variable.group());
          requireApart(sql, variable.end(), variable.group());
          replaced.append(literal(value(variable.group(1))));
          i = variable.end() - 1;
        } else if (OPENING.matcher(sql).region(i, sql.length()).lookingAt()) {
          throw new Refused("quotes or a comment are not closed. Close them.");
        } else {
          replaced.append(sql.charAt(i));
        }
      }
      return replaced.toString();
    }

    /** Refuses what Spark may see the end of elsewhere: raw texts and comments in comments. */
    private static void requireQuiet(String quiet, char before) throws Refused {
      if (quiet.contains("${")) {
        throw new Refused(
            "a variable stands inside quotes or a comment. In SQL it becomes a text with quotes of"
                + " its own: write site = ${param:site}, without quotes.");
      }
      if (quiet.startsWith("/*") && quiet.indexOf("/*", 2) >= 0) {
        throw new Refused("a comment stands in a comment beside variables. Remove it.");
      }
      if ((before == 'r' || before == 'R') && (quiet.startsWith("'") || quiet.startsWith("\""))) {
        throw new Refused("a raw text (r'...') stands beside variables. Write it without the r.");
      }
    }

    /** A query writes into tables, and the environment has secrets that belong into none. */
    private static void requireParameter(String variable) throws Refused {
      if (variable.startsWith("env:")) {
        throw new Refused(
            "'${"
                + variable
                + "}' reads the environment, which SQL may not. Give the value as a parameter and"
                + " write ${param:NAME}.");
      }
    }

    private static void requireApart(String sql, int neighbour, String variable) throws Refused {
      if (neighbour >= 0 && neighbour < sql.length()) {
        char c = sql.charAt(neighbour);
        if (Character.isLetterOrDigit(c) || "_$'\"`\\".indexOf(c) >= 0) {
          throw new Refused(
              "'"
                  + variable
                  + "' touches '"
                  + c
                  + "'. In SQL a variable becomes a text: put blanks around it, and use"
                  + " concat(...) to join texts.");
        }
      }
    }

    /** A dollar is escaped too, so that nothing behind takes it for a variable once more. */
    private static String literal(String value) {
      StringBuilder literal = new StringBuilder("'");
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '\\' || c == '\'') {
          literal.append('\\').append(c);
        } else if (c == '$' || c < ' ') {
          literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          literal.append(c);
        }
      }
      return literal.append('\'').toString();
    }
  }
}
