package odeum.magics;

import java.util.List;
import java.util.Optional;

/** What a kernel asks the magics for while the user types; found as a service, or absent. */
public interface CellHelp {
  /**
   * What could stand in place of a part of a cell.
   *
   * @param options whole texts, best first
   * @param start where the part begins in the cell; it ends at the cursor
   */
  record Completion(List<String> options, int start) {
    public Completion {
      options = List.copyOf(options);
    }
  }

  /**
   * {@return the usage text of a magic, named without its percent signs; empty for an unknown name}
   */
  Optional<String> help(String name);

  /**
   * {@return the lines on the option at the cursor, or the usage of the line's magic; empty for an
   * unknown magic}
   *
   * @param line the line of the cell that holds the cursor, beginning with a percent sign
   * @param cursor the position in the line
   */
  default Optional<String> help(String line, int cursor) {
    return Optional.empty();
  }

  /**
   * {@return what could stand in place of the word that ends at the cursor, whole words, best
   * first}
   *
   * @param line the line of the cell that holds the cursor, beginning with a percent sign
   * @param cursor the position in the line, between 0 and its length
   */
  List<String> complete(String line, int cursor);

  /**
   * {@return what could come next in the body of a cell magic; empty for cells that have none}
   *
   * @param cell the whole cell
   * @param cursor the position in the cell, below its first line
   */
  default Optional<Completion> completeBody(String cell, int cursor) {
    return Optional.empty();
  }
}
