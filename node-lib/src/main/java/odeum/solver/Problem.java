package odeum.solver;

import java.util.List;
import java.util.Optional;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/** What is solved: a term, where it starts, over which span, and what the values are called. */
public interface Problem {
  /** {@return the right-hand side} */
  OdeTerm term();

  /** {@return the state at the start, shape {@code (size)}} */
  Tensor initial();

  /** {@return the start of the span} */
  double start();

  /** {@return the end of the span; before the start to go backward in time} */
  double end();

  /** {@return the name of each value of the state} */
  default List<String> names() {
    return new NumberedNames(initial().size());
  }

  /** {@return the events} */
  default List<Event> events() {
    return List.of();
  }

  /** {@return named values computed from the state, read from the solution like states} */
  default Optional<Observable> observed() {
    return Optional.empty();
  }

  /** {@return why a derivative is not finite at a time and a state, if one is not} */
  default Optional<Trouble> trouble(double t, Tensor state) {
    return FieldTrouble.of(this, t, state.toArray());
  }

  /**
   * {@return this problem at other parameters, flat} The initial state stays as it is, unless it is
   * computed from them.
   */
  default Problem withParameters(Tensor flat) {
    TracedField field =
        term()
            .field()
            .orElseThrow(
                () -> new IllegalStateException("A hand-written derivative has no parameters."));
    return new Of(
        OdeTerm.of(field, flat), initial(), start(), end(), names(), events(), observed());
  }

  /**
   * A problem written in Java.
   *
   * @param term the right-hand side
   * @param initial the state at the start, shape {@code (size)}
   * @param start the start of the span
   * @param end the end of the span
   * @param names the name of each value of the state
   * @param events the events
   * @param observed named values computed from the state
   */
  record Of(
      OdeTerm term,
      Tensor initial,
      double start,
      double end,
      List<String> names,
      List<Event> events,
      Optional<Observable> observed)
      implements Problem {
    public Of {
      names = names instanceof NumberedNames ? names : List.copyOf(names);
      events = List.copyOf(events);
      ProblemCheck.check(term, initial, names);
    }

    /** {@return the problem with other names} */
    public Of withNames(String... others) {
      return new Of(term, initial, start, end, List.of(others), events, observed);
    }

    /** {@return the problem with these events} */
    public Of withEvents(Event... others) {
      return new Of(term, initial, start, end, names, List.of(others), observed);
    }

    /** {@return the problem with named values computed from the state} */
    public Of withObserved(Observable values) {
      return new Of(term, initial, start, end, names, events, Optional.of(values));
    }
  }

  /** {@return a problem whose values are called y0, y1, ...} */
  static Of of(OdeTerm term, Tensor initial, double start, double end) {
    List<String> names = new NumberedNames(initial.size());
    return new Of(term, initial, start, end, names, List.of(), Optional.empty());
  }
}
