package odeum.magics.jjava;

import odeum.magics.ValueDisplay;
import org.dflib.jjava.jupyter.kernel.display.Renderer;

/** Tells JJava how values at the end of a cell are shown. */
final class Displays {
  private Displays() {}

  static void register(Renderer renderer) {
    ValueDisplay.all().forEach(display -> register(renderer, display));
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
