package odeum.magics.jjava;

import jdk.jshell.JShell;
import odeum.magics.MagicHelp;
import odeum.magics.ShellMagics;
import odeum.magics.ShellPort;
import odeum.magics.WaitsForCells;
import odeum.plot.MimeBundle;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/** Registers the magics with a JJava kernel. */
final class JJavaMagics {
  private record Screen(BaseKernel kernel) implements ShellPort.Screen {
    @Override
    public void show(MimeBundle output) {
      kernel.display(data(output));
    }

    @Override
    public void show(MimeBundle output, String displayId, boolean first) {
      DisplayData data = data(output);
      data.putTransientData("display_id", displayId);
      if (first) {
        kernel.display(data);
      } else {
        kernel.getIO().display.updateDisplay(data);
      }
    }

    private static DisplayData data(MimeBundle output) {
      DisplayData data = new DisplayData();
      output.data().forEach(data::putData);
      return data;
    }
  }

  private JJavaMagics() {}

  static void register(BaseKernel kernel) {
    Object turn = kernel instanceof WaitsForCells ? new Object() : kernel;
    ShellPort port = ShellPort.of(shell(kernel), kernel::evalRaw, turn, new Screen(kernel));
    MagicHelp.connect(port::variables, port::evaluate);
    Displays.register(kernel.getRenderer());
    MagicsRegistry registry = kernel.getMagicsRegistry();
    ShellMagics magics = ShellMagics.of(port);
    magics.lines().forEach((name, line) -> registry.registerLineMagic(name, magic(line)));
    magics.cells().forEach((name, cell) -> registry.registerCellMagic(name, magic(cell)));
  }

  private static LineMagic<Object, BaseKernel> magic(ShellMagics.Line line) {
    return (kernel, arguments) -> line.run(arguments);
  }

  private static CellMagic<Object, BaseKernel> magic(ShellMagics.Cell cell) {
    return (kernel, arguments, body) -> {
      cell.run(arguments, body);
      return null;
    };
  }

  /** The class that has {@code getJShell} is in JJava's own jar only, which is on no registry. */
  private static JShell shell(BaseKernel kernel) {
    try {
      return (JShell) kernel.getClass().getMethod("getJShell").invoke(kernel);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This kernel has no JShell: " + kernel.getClass(), e);
    }
  }
}
