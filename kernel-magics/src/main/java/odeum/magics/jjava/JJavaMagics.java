package odeum.magics.jjava;

import java.util.List;
import odeum.magics.Catalogue;
import odeum.magics.Magic;
import odeum.magics.MagicException;
import odeum.magics.MagicHelp;
import odeum.magics.Magics;
import odeum.magics.Session;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/** Registers the magics with a JJava kernel. */
final class JJavaMagics {
  private JJavaMagics() {}

  static void register(BaseKernel kernel) {
    Catalogue catalogue = Magics.catalogue();
    JJavaPort port = JJavaPort.of(kernel);
    MagicHelp.connect(port::variables);
    Displays.register(kernel.getRenderer());
    for (Magic magic : catalogue.magics()) {
      if (magic.usage().cell()) {
        registerCell(kernel.getMagicsRegistry(), magic.usage().name(), catalogue, port);
      } else {
        registerLine(kernel.getMagicsRegistry(), magic.usage().name(), catalogue, port);
      }
      // JJava knows no %name?, so the question mark is part of a second name.
      registerLine(kernel.getMagicsRegistry(), magic.usage().name() + "?", catalogue, port);
    }
  }

  private static void registerLine(
      MagicsRegistry registry, String name, Catalogue catalogue, JJavaPort port) {
    LineMagic<Object, BaseKernel> magic =
        (kernel, arguments) -> {
          Object result = run(catalogue, name, arguments, "", port);
          boolean assigned =
              Arguments.isAsWritten(arguments)
                  ? Arguments.isAssigned(arguments)
                  : Session.isAssigning();
          return assigned ? result : null;
        };
    registry.registerLineMagic(name, magic);
  }

  private static void registerCell(
      MagicsRegistry registry, String name, Catalogue catalogue, JJavaPort port) {
    CellMagic<Object, BaseKernel> magic =
        (kernel, arguments, body) -> {
          run(catalogue, name, arguments, body, port);
          return null;
        };
    registry.registerCellMagic(name, magic);
  }

  private static Object run(
      Catalogue catalogue, String name, List<String> arguments, String body, JJavaPort port) {
    port.importNames();
    try {
      return catalogue.run(name, Arguments.line(arguments), body, port);
    } catch (MagicException e) {
      throw new ShownMagicException(e.getMessage());
    }
  }
}
