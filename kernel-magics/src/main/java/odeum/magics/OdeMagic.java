package odeum.magics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.lang.model.SourceVersion;
import odeum.equation.EquationException;
import odeum.equation.Ode;
import odeum.nn.Layer;
import odeum.path.TimeSeries;
import odeum.plot.MimeBundle;
import odeum.plot.Tables;
import tech.tablesaw.api.Table;

/** {@code %%ode NAME}: defines a system from the equations in its cell. */
public final class OdeMagic implements Magic {
  private static final String LATEX = "text/latex";

  @Override
  public Usage usage() {
    return new Usage(
        "ode",
        true,
        "NAME",
        1,
        1,
        "Defines a system of differential equations and declares it as a Java variable.",
        List.of(),
        List.of(
            """
            %%ode lotka
            x' = a*x - b*x*y            # one equation per state; x'' makes x' a state too
            y' = -c*y + d*x*y
            param a = 1.5, b = 1        # trainable
            const c = 3, d = 1
            init  x = 1, y = 1
            time  0 .. 10\
            """,
            """
            %%ode room
            x' = k*(u - x)
            input u = {outside}         # a TimeSeries, Solution or Table of Java
            param k = 0.5
            init  x = 20\
            """));
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    String name = call.arguments().getFirst();
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
      throw new MagicException(
          String.format(Locale.ROOT, "a system needs the name of a Java variable, got '%s'", name));
    }
    Map<String, String> inputs = new LinkedHashMap<>();
    Ode ode = parse(name, call.body(), kernel, inputs);
    kernel.declare(name, Ode.class.getName(), ode);
    call.output().ifPresent(other -> kernel.declare(other, Ode.class.getName(), ode));
    kernel.display(typeset(ode));
    if (call.has("code")) {
      kernel.display(
          MimeBundle.of(String.format(Locale.ROOT, "Ode %s = %s;", name, ode.code(inputs))));
    }
    return ode;
  }

  /** {@return a system as its equations look in a book, and as text} */
  public static MimeBundle typeset(Ode ode) {
    return MimeBundle.of(ode.toString()).with(LATEX, "$$" + ode.latex() + "$$");
  }

  /** Reads a system; {@code inputs} gets the Java for what is more than an expression in braces. */
  private static Ode parse(
      String name, String body, KernelPort kernel, Map<String, String> inputs) {
    try {
      Map<String, Object> java = new LinkedHashMap<>();
      Ode.layerExpressions(body)
          .forEach((net, expression) -> java.put(net, layer(net, expression, kernel)));
      Ode.inputExpressions(body)
          .forEach(
              (input, expression) -> {
                Object value = kernel.evaluate(expression);
                if (value instanceof Table table) {
                  inputs.put(input, tableCode(table, expression));
                }
                java.put(input, data(input, expression, value));
              });
      return Ode.parse(name, body, java);
    } catch (EquationException e) {
      throw new MagicException(e.report("%%ode " + name));
    }
  }

  /** What an input is made of; a mistake in a table is found where the line is known. */
  private static Object data(String input, String expression, Object value) {
    return switch (value) {
      case Table table -> (Supplier<TimeSeries>) () -> Tables.series(table, time(table));
      case null ->
          throw new MagicException(
              "input %s = {…} needs a TimeSeries, a Solution or a Table; '%s' is %s"
                  .formatted(input, expression, Things.describe(value)));
      default -> value;
    };
  }

  private static String tableCode(Table table, String expression) {
    return String.format(
        Locale.ROOT,
        "Tables.series(%s, %s)",
        expression,
        JavaCode.string(table.numericColumns().isEmpty() ? "" : time(table)));
  }

  /** The column of the times, as {@code %train} takes it: the first one of numbers. */
  private static String time(Table table) {
    if (table.numericColumns().isEmpty()) {
      throw new IllegalArgumentException("The table has no column of numbers.");
    }
    return table.numericColumns().getFirst().name();
  }

  private static Layer layer(String net, String expression, KernelPort kernel) {
    Object value = kernel.evaluate(expression);
    if (value instanceof Layer layer) {
      return layer;
    }
    throw new MagicException(
        "net %s = {…} needs a Layer, such as Mlp.of(2, 16, 1); '%s' is %s"
            .formatted(net, expression, Things.describe(value)));
  }
}
