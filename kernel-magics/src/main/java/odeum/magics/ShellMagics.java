package odeum.magics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The magics as a kernel calls them that splits lines into arguments; JJava and IJava do so alike.
 * An adapter registers each entry under its name.
 *
 * @param lines the line magics by name; a name with a question mark explains a magic
 * @param cells the cell magics by name
 */
public record ShellMagics(SequencedMap<String, Line> lines, SequencedMap<String, Cell> cells) {
  /** A magic of one line. */
  public interface Line {
    /** {@return the result where a variable takes it, otherwise null, as kernels show results} */
    Object run(List<String> arguments);
  }

  /** A magic of a whole cell. */
  public interface Cell {
    /** Runs it; body is the cell below its first line. */
    void run(List<String> arguments, String body);
  }

  /** {@return all magics, on this kernel} */
  public static ShellMagics of(ShellPort port) {
    Catalogue catalogue = Magics.catalogue();
    SequencedMap<String, Line> lines = new LinkedHashMap<>();
    SequencedMap<String, Cell> cells = new LinkedHashMap<>();
    for (Magic magic : catalogue.magics()) {
      String name = magic.usage().name();
      if (magic.usage().cell()) {
        cells.put(name, (arguments, body) -> run(catalogue, name, arguments, body, port));
      } else {
        lines.put(name, arguments -> assigned(catalogue, name, arguments, port));
      }
      // These kernels know no %name?, so the question mark is part of a second name.
      lines.put(name + "?", arguments -> assigned(catalogue, name + "?", arguments, port));
    }
    return new ShellMagics(lines, cells);
  }

  private static Object assigned(
      Catalogue catalogue, String name, List<String> arguments, ShellPort port) {
    Object result = run(catalogue, name, arguments, "", port);
    boolean assigned =
        Arguments.isAsWritten(arguments) ? Arguments.isAssigned(arguments) : Session.isAssigning();
    return assigned ? result : null;
  }

  private static Object run(
      Catalogue catalogue, String name, List<String> arguments, String body, ShellPort port) {
    port.importNames();
    try {
      return catalogue.run(name, Arguments.line(arguments), body, port);
    } catch (MagicException e) {
      throw new ShownMagicException(e.getMessage());
    }
  }
}
