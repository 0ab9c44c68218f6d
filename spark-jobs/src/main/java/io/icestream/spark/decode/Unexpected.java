/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.fasterxml.jackson.core.JsonParser;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.schema.ColumnPath;
import io.icestream.spark.schema.SchemaChange;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;

/** What happens to that part of a document for which the columns have no place. One per task. */
sealed interface Unexpected {
  /**
   * A field that is no column.
   *
   * @param parser stands on its name; stands on the last token of its value afterwards
   * @param path where it is
   * @throws Rejection if the document is refused for it
   */
  void field(JsonParser parser, ColumnPath path) throws IOException, Rejection;

  /** A document begins. */
  default void start() {}

  /**
   * A required column that is absent or null; its document is refused, now or when it has been
   * read.
   *
   * @param rejection why
   */
  default void absent(ColumnPath path, Rejection rejection) throws Rejection {
    throw rejection;
  }

  /**
   * A value that its column's type does not hold; its document is refused, now or when it has been
   * read.
   *
   * @param wanted the type that would; empty if the column cannot be made that type
   * @param rejection why
   */
  default void narrow(ColumnPath path, Optional<DataType> wanted, Rejection rejection)
      throws Rejection {
    throw rejection;
  }

  /**
   * The document has been read.
   *
   * @throws Rejection if it is refused for a field that is no column
   */
  default void finish() throws Rejection {}

  static Unexpected of(UnknownFields policy, DriftLog log) {
    return switch (policy) {
      case IGNORE -> new Ignored(log);
      case REJECT -> new Refused();
      case EVOLVE -> new Evolving(log);
    };
  }

  /** Fields are left out: parts of a protocol's envelope that may come and go. */
  record Skipped() implements Unexpected {
    @Override
    public void field(JsonParser parser, ColumnPath path) throws IOException {
      parser.nextToken();
      parser.skipChildren();
    }
  }

  /** Fields are left out and counted. */
  record Ignored(DriftLog log) implements Unexpected {
    @Override
    public void field(JsonParser parser, ColumnPath path) throws IOException {
      parser.nextToken();
      parser.skipChildren();
      log.ignore(path.toString());
    }
  }

  /** A document with such a field is refused. */
  record Refused() implements Unexpected {
    @Override
    public void field(JsonParser parser, ColumnPath path) throws Rejection {
      throw new Rejection("unknown_field", path + ": the schema has no such field");
    }
  }

  /**
   * What is missing is noted, so that the columns can follow, and the document is refused. If the
   * columns follow, the batch is decoded again and the document is accepted; if they cannot, it
   * stays refused. So nothing is ever left out.
   *
   * <p>A document is read to its end before it is refused, so that all that it asks for is noted:
   * otherwise a later document could decide what becomes of its other fields.
   */
  final class Evolving implements Unexpected {
    private final DriftLog log;
    private Rejection rejection;

    Evolving(DriftLog log) {
      this.log = log;
    }

    @Override
    public void field(JsonParser parser, ColumnPath path) throws IOException, Rejection {
      parser.nextToken();
      DataType type = InferredType.of(parser, path.toString());
      if (type instanceof NullType) {
        log.ignore(path.toString()); // nothing is lost with it
        return;
      }
      log.note(new SchemaChange.Added(path, type));
      refuse(
          new Rejection(
              "unknown_field",
              path
                  + ": the schema has no such field, and it could not be added as "
                  + type.simpleString()));
    }

    @Override
    public void start() {
      rejection = null;
    }

    @Override
    public void absent(ColumnPath path, Rejection why) {
      log.note(new SchemaChange.MadeOptional(path));
      refuse(why);
    }

    @Override
    public void narrow(ColumnPath path, Optional<DataType> wanted, Rejection why) throws Rejection {
      log.note(new SchemaChange.Widened(path, wanted.orElseThrow(() -> why)));
      refuse(why);
    }

    private void refuse(Rejection why) {
      if (rejection == null) {
        rejection = why;
      }
    }

    @Override
    public void finish() throws Rejection {
      if (rejection != null) {
        throw rejection;
      }
    }
  }
}
