package odeum.equation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import odeum.nn.Mlp;
import odeum.solver.Event;

/**
 * A system as written, each list in the order of the source.
 *
 * @param equations what the states' highest derivatives are
 * @param parameters the numbers that can be trained
 * @param nets the networks
 * @param constants what is fixed
 * @param initials start values
 * @param lets named expressions
 * @param span the span of time, if given
 * @param stops the events, which all stop the solve
 */
record Definition(
    Source source,
    List<Equation> equations,
    List<Parameter> parameters,
    List<Net> nets,
    List<Named> constants,
    List<Named> initials,
    List<Named> lets,
    Optional<Span> span,
    List<Stop> stops) {

  /** A name with an expression. */
  record Named(String name, Place place, Formula value) {}

  /** An expression and where it stands. */
  record Formula(Expression expression, Place place) {}

  /** {@code x'' = right}: the state {@code x}, order 2. */
  record Equation(String variable, int order, Place place, Formula right) {
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

  /** {@code time 0 .. 10}. */
  record Span(Place place, Formula from, Formula to) {}

  /**
   * {@code event name: left = right falling: stop}; without a name it is called by its condition.
   */
  record Stop(
      String name,
      boolean named,
      Place place,
      Formula left,
      Formula right,
      Event.Direction direction) {}

  Definition {
    equations = List.copyOf(equations);
    parameters = List.copyOf(parameters);
    nets = List.copyOf(nets);
    constants = List.copyOf(constants);
    initials = List.copyOf(initials);
    lets = List.copyOf(lets);
    stops = List.copyOf(stops);
  }

  /** {@return the states in the order of the equations} */
  List<String> states() {
    return equations.stream().flatMap(equation -> equation.states().stream()).toList();
  }

  /** {@return the start value of a state} */
  Named initial(String state) {
    return initials.stream().filter(named -> named.name().equals(state)).findFirst().orElseThrow();
  }
}
