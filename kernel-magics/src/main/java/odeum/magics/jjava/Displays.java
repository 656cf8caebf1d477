package odeum.magics.jjava;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import odeum.equation.Ode;
import odeum.magics.OdeMagic;
import odeum.plot.Chart;
import odeum.plot.Figures;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import tech.tablesaw.plotly.components.Figure;

/**
 * How values at the end of a cell are shown: figures drawn, systems typeset, numbers as numbers.
 */
final class Displays {
  private static final int LONGEST = 40;
  private static final int ENDS = 5;

  private Displays() {}

  static void register(Renderer renderer) {
    renderer
        .createRegistration(Figure.class)
        .preferring("text/plain")
        .register(
            (figure, context) ->
                Figures.bundle(figure).data().forEach(context.getOutputContainer()::putData));
    renderer
        .createRegistration(Chart.class)
        .preferring("text/plain")
        .register(
            (chart, context) ->
                chart.bundle().data().forEach(context.getOutputContainer()::putData));
    renderer
        .createRegistration(Ode.class)
        .preferring("text/plain")
        .register(
            (ode, context) ->
                OdeMagic.typeset(ode).data().forEach(context.getOutputContainer()::putData));
    renderer
        .createRegistration(double[].class)
        .preferring("text/plain")
        .register(
            (values, context) -> context.getOutputContainer().putData("text/plain", text(values)));
  }

  /** A long array shows its ends. */
  static String text(double[] values) {
    if (values.length <= LONGEST) {
      return Arrays.toString(values);
    }
    double[] tail = Arrays.copyOfRange(values, values.length - ENDS, values.length);
    return "[%s, …, %s] (%s values)"
        .formatted(joined(Arrays.copyOf(values, ENDS)), joined(tail), values.length);
  }

  private static String joined(double[] values) {
    return DoubleStream.of(values).mapToObj(Double::toString).collect(Collectors.joining(", "));
  }
}
