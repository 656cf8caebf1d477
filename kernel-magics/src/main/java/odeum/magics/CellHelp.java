package odeum.magics;

import java.util.List;
import java.util.Optional;

/** What a kernel asks the magics for while the user types; found as a service, or absent. */
public interface CellHelp {

  /**
   * {@return the usage text of a magic, named without its percent signs; empty for an unknown name}
   */
  Optional<String> help(String name);

  /**
   * {@return what could stand in place of the word that ends at the cursor, whole words, best
   * first}
   *
   * @param line the line of the cell that holds the cursor, beginning with a percent sign
   * @param cursor the position in the line, between 0 and its length
   */
  List<String> complete(String line, int cursor);
}
