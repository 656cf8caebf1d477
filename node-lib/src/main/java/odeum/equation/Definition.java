package odeum.equation;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import odeum.equation.Expression.Formula;
import odeum.equation.Expression.Range;
import odeum.nn.Mlp;
import odeum.solver.Event;

/**
 * A system as written, each list in the order of the source.
 *
 * @param equations what the states' highest derivatives are
 * @param parameters the numbers that can be trained
 * @param nets the networks
 * @param inputs what is measured
 * @param constants what is fixed
 * @param initials start values
 * @param lets named expressions
 * @param span the span of time, if given
 * @param events what happens where two sides become equal
 * @param boundaries what lies beyond the ends of grids
 */
record Definition(
    Source source,
    List<Equation> equations,
    List<Parameter> parameters,
    List<Net> nets,
    List<Input> inputs,
    List<Named> constants,
    List<Assignment> initials,
    List<Named> lets,
    Optional<Span> span,
    List<Crossing> events,
    List<Boundary> boundaries) {

  /** A name with an expression. */
  record Named(String name, Place place, Formula value) {}

  /** {@code x = value} or {@code u[i] = value}: a start, or what an event sets. */
  record Assignment(Target target, Formula value) {
    String name() {
      return target.name();
    }

    Place place() {
      return target.place();
    }
  }

  /**
   * {@code x'' = right}: the state {@code x}, order 2; with a range it is the grid {@code x[i]}.
   */
  record Equation(String variable, int order, Place place, Formula right, Optional<Range> range) {
    /** {@return the states this equation makes: x, x', ...} */
    List<String> states() {
      return IntStream.range(0, order).mapToObj(this::derivative).toList();
    }

    /** {@return the variable with so many primes} */
    String derivative(int primes) {
      return variable + "'".repeat(primes);
    }
  }

  /** {@code a = 1 in 0..5}; either bound may be missing. */
  record Parameter(Named named, Optional<Formula> low, Optional<Formula> high) {
    String name() {
      return named.name();
    }

    boolean bounded() {
      return low.isPresent() || high.isPresent();
    }
  }

  /** A network, written in the equations or in Java. */
  sealed interface Net {
    String name();

    /** Where its name stands. */
    Place place();

    /** {@code f = mlp(2, 16, 1, tanh)}. */
    record Perceptron(String name, Place place, Mlp mlp) implements Net {}

    /** {@code f = {layer}}: the Java expression between the braces, and where they stand. */
    record Java(String name, Place place, String code, Place braces) implements Net {}
  }

  /** {@code u = {series}}: the Java expression between the braces, and where they stand. */
  record Input(String name, Place place, String code, Place braces) {}

  /** {@code time 0 .. 10}. */
  record Span(Place place, Formula from, Formula to) {}

  /**
   * {@code event name: left = right falling: …}; without a name it is called by its condition.
   *
   * @param resets what it sets; nothing if it stops the solve
   */
  record Crossing(
      String name,
      boolean named,
      Place place,
      Formula left,
      Formula right,
      Event.Direction direction,
      List<Assignment> resets) {
    Crossing {
      resets = List.copyOf(resets);
    }

    boolean stops() {
      return resets.isEmpty();
    }
  }

  /**
   * {@code boundary u = left, right}: the values beyond the ends of a grid. Where none is written,
   * the grid is mirrored at that end.
   *
   * @param grid with the primes of a derivative
   * @param periodic whether the grid is a ring
   */
  record Boundary(
      String grid, Place place, boolean periodic, Optional<Formula> left, Optional<Formula> right) {
    boolean insulated() {
      return !periodic && left.isEmpty() && right.isEmpty();
    }
  }

  Definition {
    equations = List.copyOf(equations);
    parameters = List.copyOf(parameters);
    nets = List.copyOf(nets);
    inputs = List.copyOf(inputs);
    constants = List.copyOf(constants);
    initials = List.copyOf(initials);
    lets = List.copyOf(lets);
    events = List.copyOf(events);
    boundaries = List.copyOf(boundaries);
  }

  /** {@return the states and grids in the order of the equations, derivatives with primes} */
  List<String> states() {
    return equations.stream().flatMap(equation -> equation.states().stream()).toList();
  }

  /** {@return the start values of a state, or of a grid: first those that all its points share} */
  List<Assignment> initials(String state) {
    return initials.stream()
        .filter(initial -> initial.name().equals(state))
        .sorted(
            Comparator.comparing(
                initial ->
                    initial.target().index().isPresent()
                        && initial.target().indexName(constantNames()).isEmpty()))
        .toList();
  }

  /** {@return the names of the constants} */
  Set<String> constantNames() {
    Set<String> names = new LinkedHashSet<>();
    constants.forEach(constant -> names.add(constant.name()));
    return names;
  }

  /** {@return the boundary of a grid, if it has one} */
  Optional<Boundary> boundary(String grid) {
    return boundaries.stream().filter(it -> it.grid().equals(grid)).findFirst();
  }
}
