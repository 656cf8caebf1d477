package odeum.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import odeum.equation.Ode;
import odeum.solver.Integrator;
import odeum.tensor.Names;

/**
 * A system for many values of a parameter, a constant or a start value; of several, for all their
 * combinations, the last one running fastest. Immutable.
 *
 * <pre>{@code
 * SweepSolution swept =
 *     Sweep.of(lotka).over("a", 1, 1.5, 2).solve(Integrator.of(Solvers.tsit5()));
 * double[] ends = swept.last("x");          // one for each of swept.values("a")
 * }</pre>
 */
public final class Sweep {
  private final Ode system;
  private final Map<String, double[]> axes;

  private Sweep(Ode system, Map<String, double[]> axes) {
    this.system = system;
    this.axes = axes;
  }

  /** {@return a sweep over nothing as yet} */
  public static Sweep of(Ode system) {
    return new Sweep(system, Map.of());
  }

  /**
   * {@return this sweep also over the values of a parameter, a constant or a state's start}
   *
   * @param name {@code "a"}; of a state {@code "x"} or {@code "x(0)"}
   */
  public Sweep over(String name, double... values) {
    String known = known(name);
    if (values.length == 0) {
      throw new IllegalArgumentException("A sweep over %s needs values.".formatted(name));
    }
    Map<String, double[]> longer = new LinkedHashMap<>(axes);
    if (longer.put(known, values.clone()) != null) {
      throw new IllegalArgumentException("%s is swept twice.".formatted(name));
    }
    return new Sweep(system, Collections.unmodifiableMap(longer));
  }

  /** {@return the name in the system; a start value is called like its state} */
  private String known(String name) {
    String plain = name.replaceAll("\\((0|t0)\\)$", "");
    List<String> known = new ArrayList<>(system.numbers());
    known.addAll(system.constants().keySet());
    known.addAll(system.states());
    if (known.contains(plain)) {
      return plain;
    }
    throw new IllegalArgumentException(
        "There is no parameter, constant or state '%s'. Known: %s.%s"
            .formatted(
                name,
                String.join(" ", known),
                Names.nearest(plain, known).map(" Did you mean '%s'?"::formatted).orElse("")));
  }

  /** {@return what is swept} */
  public List<String> names() {
    return List.copyOf(axes.keySet());
  }

  /** {@return how many solves it is} */
  public int size() {
    return axes.values().stream().mapToInt(values -> values.length).reduce(1, Math::multiplyExact);
  }

  /** {@return the values of a name, one for each solve, shape {@code (size)}} */
  public double[] values(String name) {
    String wanted = known(name);
    if (!axes.containsKey(wanted)) {
      throw new IllegalArgumentException(
          "%s is not swept; %s is.".formatted(name, String.join(" ", names())));
    }
    return IntStream.range(0, size()).mapToDouble(i -> value(wanted, i)).toArray();
  }

  private double value(String name, int solve) {
    int rest = solve;
    double value = Double.NaN;
    for (Map.Entry<String, double[]> axis : axes.entrySet().stream().toList().reversed()) {
      int count = axis.getValue().length;
      value = axis.getKey().equals(name) ? axis.getValue()[rest % count] : value;
      rest /= count;
    }
    return value;
  }

  /** {@return the systems, in the order of their values} */
  public List<Ode> systems() {
    return IntStream.range(0, size()).mapToObj(this::system).toList();
  }

  private Ode system(int solve) {
    Ode changed = system;
    for (String name : names()) {
      BiFunction<String, Double, Ode> change =
          system.states().contains(name) ? changed::withInitial : changed::with;
      changed = change.apply(name, value(name, solve));
    }
    return changed;
  }

  /** {@return the solutions} */
  public SweepSolution solve(Integrator integrator) {
    return new SweepSolution(this, integrator.ensemble(systems()));
  }
}
