package odeum.magics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import odeum.equation.Ode;
import odeum.model.Model;
import odeum.solver.Problem;
import odeum.tensor.Names;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.VectorField;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;

/**
 * A system as an argument of a magic: the problem, and the Java expression that makes it.
 *
 * @param problem what is solved, with the call's changes
 * @param code the same as Java
 * @param span the span given in the call, or empty for the problem's own
 */
record SystemArgument(Problem problem, String code, List<Double> span) {

  /** {@return the system of this call, with {@code -t}, {@code --y0} and {@code -p} applied} */
  static SystemArgument of(Invocation call, KernelPort kernel) {
    Values values = new Values(call, kernel);
    String expression = call.arguments().getFirst();
    Object value = kernel.evaluate(expression);
    List<Double> span = values.numbers("time");
    Map<String, Double> start = values.assignments("y0");
    Map<String, Double> parameters = values.assignments("parameters");
    SystemArgument system =
        switch (value) {
          case Ode ode -> {
            checkNames(ode, start, parameters);
            requireSpan(ode, expression, span);
            yield ode(ode, typed(expression, kernel, Ode.class), start, parameters);
          }
          case Model model -> {
            ModelArgument.requireSpan(model, expression, span);
            yield ModelArgument.of(model, expression, start, parameters);
          }
          case Problem problem -> {
            refuseParameters(parameters, "a Problem");
            yield problem(problem, expression, span, start);
          }
          case VectorField field -> {
            refuseParameters(parameters, "a VectorField");
            require(start, span, "a VectorField");
            String term =
                String.format(Locale.ROOT, "OdeTerm.of(%s, %d)", expression, start.size());
            yield bare(OdeTerm.of(field, start.size()), term, span, start);
          }
          case FirstOrderDifferentialEquations equations -> {
            refuseParameters(parameters, "Commons Math's equations");
            require(start, span, "Commons Math's equations");
            yield commons(equations, expression, span, start);
          }
          case null, default ->
              throw new MagicException(
                  String.format(
                      Locale.ROOT,
                      "'%s' is %s, not a system. Define one with %%%%ode, or give a Problem, a"
                          + " VectorField or Commons Math's FirstOrderDifferentialEquations.",
                      expression,
                      Things.describe(value)));
        };
    return new SystemArgument(system.problem, system.code, span);
  }

  /** {@return this system with the span of the call as its own} */
  SystemArgument spanned() {
    if (span.isEmpty()) {
      return this;
    }
    double from = span.getFirst();
    double to = span.getLast();
    String numbers = JavaCode.numbers(from, to);
    String receiver = JavaCode.receiver(code);
    return switch (problem) {
      case Ode ode ->
          new SystemArgument(
              ode.withSpan(from, to), receiver + ".withSpan(" + numbers + ")", List.of());
      case Model model ->
          new SystemArgument(
              model.withSpan(from, to), receiver + ".withSpan(" + numbers + ")", List.of());
      default ->
          new SystemArgument(
              new Problem.Of(
                  problem.term(),
                  problem.initial(),
                  from,
                  to,
                  problem.names(),
                  problem.events(),
                  problem.observed()),
              "new Problem.Of(%1$s.term(), %1$s.initial(), %2$s, %1$s.names(), %1$s.events(), %1$s.observed())"
                  .formatted(receiver, numbers),
              List.of());
    };
  }

  private static void checkNames(
      Ode ode, Map<String, Double> start, Map<String, Double> parameters) {
    for (String name : parameters.keySet()) {
      if (ode.states().contains(name)) {
        throw new MagicException(
            "'%s' is a state, no parameter. Its start value is set by --y0 %s=%s"
                .formatted(name, name, Text.brief(parameters.get(name))));
      }
    }
    for (String name : start.keySet()) {
      if (!ode.states().contains(name)
          && (ode.numbers().contains(name) || ode.constants().containsKey(name))) {
        throw new MagicException(
            "'%s' is a parameter, no state. It is set by -p %s=%s"
                .formatted(name, name, Text.brief(start.get(name))));
      }
    }
  }

  private static void requireSpan(Ode ode, String expression, List<Double> span) {
    if (span.isEmpty() && !ode.hasSpan()) {
      throw new MagicException(
          "%s has no time span. Say -t 0 10, or add a line to it: time 0 .. 10"
              .formatted(expression));
    }
  }

  /** A variable of a wider type must be cast in the printed Java. */
  static String typed(String expression, KernelPort kernel, Class<?> type) {
    String name = type.getSimpleName();
    return kernel.variable(expression).filter(v -> !v.type().endsWith(name)).isPresent()
        ? "((" + name + ") " + expression + ")"
        : expression;
  }

  private static SystemArgument ode(
      Ode ode, String expression, Map<String, Double> start, Map<String, Double> parameters) {
    StringBuilder code = new StringBuilder(expression);
    Ode changed = ode;
    if (!start.isEmpty() || !parameters.isEmpty()) {
      code = new StringBuilder(JavaCode.receiver(expression));
    }
    for (Map.Entry<String, Double> entry : parameters.entrySet()) {
      changed = changed.with(entry.getKey(), entry.getValue());
      code.append(change("with", entry));
    }
    for (Map.Entry<String, Double> entry : start.entrySet()) {
      changed = changed.withInitial(entry.getKey(), entry.getValue());
      code.append(change("withInitial", entry));
    }
    return new SystemArgument(changed, code.toString(), List.of());
  }

  static String change(String method, Map.Entry<String, Double> entry) {
    return String.format(
        Locale.ROOT,
        ".%s(%s, %s)",
        method,
        JavaCode.string(entry.getKey()),
        JavaCode.number(entry.getValue()));
  }

  private static SystemArgument problem(
      Problem problem, String expression, List<Double> span, Map<String, Double> start) {
    if (start.isEmpty()) {
      return new SystemArgument(problem, expression, List.of());
    }
    double[] y0 = problem.initial().toArray();
    for (Map.Entry<String, Double> entry : start.entrySet()) {
      int i = problem.names().indexOf(entry.getKey());
      if (i < 0) {
        throw new MagicException(unknownState(entry.getKey(), problem.names()));
      }
      y0[i] = entry.getValue();
    }
    double from = span.isEmpty() ? problem.start() : span.getFirst();
    double to = span.isEmpty() ? problem.end() : span.getLast();
    Problem changed =
        new Problem.Of(
            problem.term(),
            Tensor.vector(y0),
            from,
            to,
            problem.names(),
            problem.events(),
            problem.observed());
    String p = JavaCode.receiver(expression);
    String code =
        String.format(
            Locale.ROOT,
            "new Problem.Of(%s.term(), Tensor.vector(%s), %s, %s, %s.names(), %s.events(),"
                + " %s.observed())",
            p,
            JavaCode.numbers(y0),
            JavaCode.number(from),
            JavaCode.number(to),
            p,
            p,
            p);
    return new SystemArgument(changed, code, List.of());
  }

  private static SystemArgument commons(
      FirstOrderDifferentialEquations equations,
      String expression,
      List<Double> span,
      Map<String, Double> start) {
    if (start.size() != equations.getDimension()) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "'%s' has %d values, but --y0 gives %d",
              expression,
              equations.getDimension(),
              start.size()));
    }
    String term =
        String.format(
            Locale.ROOT,
            "OdeTerm.of(%d, %s::computeDerivatives)",
            start.size(),
            JavaCode.receiver(expression));
    return bare(OdeTerm.of(start.size(), equations::computeDerivatives), term, span, start);
  }

  /** A right-hand side that knows neither names nor start nor span: the call gives them. */
  private static SystemArgument bare(
      OdeTerm term, String code, List<Double> span, Map<String, Double> start) {
    Map<String, Double> ordered = new LinkedHashMap<>(start);
    double[] y0 = ordered.values().stream().mapToDouble(v -> v).toArray();
    String[] names = ordered.keySet().toArray(String[]::new);
    Problem problem =
        Problem.of(term, Tensor.vector(y0), span.getFirst(), span.getLast()).withNames(names);
    return new SystemArgument(
        problem,
        String.format(
            Locale.ROOT,
            "Problem.of(%s, Tensor.vector(%s), %s, %s).withNames(%s)",
            code,
            JavaCode.numbers(y0),
            JavaCode.number(span.getFirst()),
            JavaCode.number(span.getLast()),
            JavaCode.strings(ordered.keySet())),
        List.of());
  }

  private static void require(Map<String, Double> start, List<Double> span, String what) {
    if (start.isEmpty() || span.isEmpty()) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "%s has no start value and no span of its own. Give both: --y0 x=1,y=0 -t 0 10",
              what));
    }
  }

  private static void refuseParameters(Map<String, Double> parameters, String what) {
    if (!parameters.isEmpty()) {
      throw new MagicException("-p sets parameters of a %%ode system; this is " + what);
    }
  }

  private static String unknownState(String name, List<String> names) {
    String hint = Names.nearest(name, names).map(" Did you mean '%s'?"::formatted).orElse("");
    return String.format(
        Locale.ROOT, "there is no state '%s'. States: %s.%s", name, String.join(" ", names), hint);
  }
}
