package odeum.magics.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagicFunction;
import odeum.magics.ShellMagics;
import odeum.magics.ShellPort;
import odeum.magics.ValueDisplay;
import odeum.plot.MimeBundle;

/** Registers the magics with an IJava kernel. */
final class IJavaMagics {
  private record Screen(BaseKernel kernel) implements ShellPort.Screen {
    @Override
    public void show(MimeBundle output) {
      kernel.display(data(output));
    }

    @Override
    public void show(MimeBundle output, String displayId, boolean first) {
      DisplayData data = data(output);
      data.setDisplayId(displayId);
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

  private IJavaMagics() {}

  static void register(IJavaKernel kernel) {
    Screen screen = new Screen(kernel.base());
    ShellPort port = ShellPort.of(kernel.shell(), kernel::evaluate, kernel.base(), screen);
    ShellMagics magics = ShellMagics.of(port);
    magics.lines().forEach((name, line) -> kernel.magics().registerLineMagic(name, magic(line)));
    magics.cells().forEach((name, cell) -> kernel.magics().registerCellMagic(name, magic(cell)));
    ValueDisplay.all().forEach(display -> register(kernel.base().getRenderer(), display));
  }

  private static LineMagicFunction<Object> magic(ShellMagics.Line line) {
    return line::run;
  }

  private static CellMagicFunction<Object> magic(ShellMagics.Cell cell) {
    return (arguments, body) -> {
      cell.run(arguments, body);
      return null;
    };
  }

  private static <T> void register(Renderer renderer, ValueDisplay<T> display) {
    renderer
        .createRegistration(display.type())
        .preferring("text/plain")
        .register(
            (value, context) ->
                display
                    .bundle()
                    .apply(value)
                    .data()
                    .forEach(context.getOutputContainer()::putData));
  }
}
