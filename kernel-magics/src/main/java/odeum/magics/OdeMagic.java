package odeum.magics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.SourceVersion;
import odeum.equation.EquationException;
import odeum.equation.Ode;
import odeum.nn.Layer;
import odeum.plot.MimeBundle;

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
            "%%ode decay\nx' = -k*x\nparam k = 0.5\ninit x = 1"));
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    String name = call.arguments().getFirst();
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
      throw new MagicException(
          String.format(Locale.ROOT, "a system needs the name of a Java variable, got '%s'", name));
    }
    Ode ode = parse(name, call.body(), kernel);
    kernel.declare(name, Ode.class.getName(), ode);
    call.output().ifPresent(other -> kernel.declare(other, Ode.class.getName(), ode));
    kernel.display(typeset(ode));
    if (call.has("code")) {
      kernel.display(MimeBundle.of(String.format(Locale.ROOT, "Ode %s = %s;", name, ode.code())));
    }
    return ode;
  }

  /** {@return a system as its equations look in a book, and as text} */
  public static MimeBundle typeset(Ode ode) {
    return MimeBundle.of(ode.toString()).with(LATEX, "$$" + ode.latex() + "$$");
  }

  private static Ode parse(String name, String body, KernelPort kernel) {
    try {
      Map<String, Layer> layers = new LinkedHashMap<>();
      Ode.layerExpressions(body)
          .forEach((net, expression) -> layers.put(net, layer(net, expression, kernel)));
      return Ode.parse(name, body, layers);
    } catch (EquationException e) {
      throw new MagicException(e.report("%%ode " + name));
    }
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
