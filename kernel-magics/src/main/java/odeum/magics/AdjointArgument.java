package odeum.magics;

import java.util.Locale;
import java.util.Optional;
import odeum.adjoint.Adjoint;
import odeum.solver.Integrator;

/**
 * How a call wants its derivatives computed.
 *
 * @param adjoint the way
 * @param code the same as Java
 * @param why why it is this one, in a few words
 */
record AdjointArgument(Adjoint adjoint, String code, String why) {
  static final Option OPTION =
      new Option(
          "adjoint",
          "",
          Option.Value.TEXT,
          String.join("|", Adjoint.names()),
          Adjoint.names(),
          "direct",
          "how gradients go through the solve");

  /** {@return the adjoint a call names, if it does} */
  static Optional<AdjointArgument> of(Invocation call, KernelPort kernel) {
    return call.text("adjoint").map(text -> named(text, kernel));
  }

  /** {@return the adjoint a call names, or the one that fits its integrator} */
  static AdjointArgument of(Invocation call, KernelPort kernel, Integrator integrator) {
    return of(call, kernel)
        .orElseGet(
            () -> {
              Adjoint.Auto.Choice choice = Adjoint.auto().choose(integrator, 1);
              return named(choice.adjoint(), choice.why());
            });
  }

  private static AdjointArgument named(Adjoint adjoint, String why) {
    return new AdjointArgument(adjoint, "Adjoint." + adjoint.name() + "()", why);
  }

  /** A name, or a Java expression for an adjoint. */
  private static AdjointArgument named(String text, KernelPort kernel) {
    if (!text.contains("(") && kernel.variable(text).isEmpty()) {
      return named(Adjoint.named(text), "as asked");
    }
    Object value = kernel.evaluate(text);
    if (value instanceof Adjoint adjoint) {
      return new AdjointArgument(adjoint, text, "as asked");
    }
    throw new MagicException(
        String.format(
            Locale.ROOT,
            "--adjoint needs an Adjoint, but '%s' is %s",
            text,
            Things.describe(value)));
  }
}
