package odeum.adjoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.solver.Event;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.Derivative;
import odeum.term.Observable;

/** Events of a solve, with the derivatives of their conditions and of what they do. */
final class TracedEvents {
  /** One event; a stop changes nothing. */
  private record Traced(
      Event.Crossing event,
      Observable condition,
      Program slope,
      Observable jump,
      Program pull,
      Program push) {
    boolean changes() {
      return jump != null;
    }
  }

  private final List<Traced> events;

  /**
   * @param size how many values the state has
   * @param parameters how many parameters the field has
   */
  TracedEvents(List<Event> events, int size, int parameters) {
    this.events = events.stream().map(event -> traced(event, size, parameters)).toList();
  }

  private static Traced traced(Event any, int size, int parameters) {
    Event.Crossing event = crossing(any);
    Observable condition = condition(event);
    check(event, "condition", condition, size, parameters);
    Graph graph = condition.graph();
    Program slope =
        Program.of(
            Graph.trace(
                graph.inputs(),
                in -> Vjp.pull(graph, in, List.of(in.getFirst().constant(Tensor.vector(1))))));
    return switch (event) {
      case Event.Stop _ -> new Traced(event, condition, slope, null, null, null);
      case Event.Reset reset -> {
        Observable jump = jump(reset);
        check(event, "new state", jump, size, parameters);
        if (jump.names().size() != size) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "Event '%s' gives a new state of %d values, the state has %d.",
                  event.name(),
                  jump.names().size(),
                  size));
        }
        Graph map = jump.graph();
        yield new Traced(event, condition, slope, jump, pull(map), Program.of(Jvp.of(map)));
      }
    };
  }

  private static Program pull(Graph map) {
    List<Shape> inputs = new ArrayList<>(map.inputs());
    inputs.add(map.output(0));
    return Program.of(Graph.trace(inputs, in -> Vjp.pull(map, in.subList(0, 3), in.subList(3, 4))));
  }

  private static Event.Crossing crossing(Event event) {
    if (event instanceof Event.Crossing crossing) {
      return crossing;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Event '%s' is a steady state, whose time has no derivative. Take SteadySolve for the state and its derivatives.",
            event.name()));
  }

  private static Observable condition(Event.Crossing event) {
    if (event.condition() instanceof Event.Condition.Traced(var observable)) {
      return observable;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Event '%s' has a plain condition, so its time has no derivative. Give a traced one: an Observable.",
            event.name()));
  }

  private static Observable jump(Event.Reset reset) {
    if (reset.jump() instanceof Event.Jump.Traced(var observable)) {
      return observable;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Event '%s' changes the state by a plain function, which has no derivative. Give a traced one: an Observable.",
            reset.name()));
  }

  private static void check(Event event, String what, Observable values, int size, int parameters) {
    List<Shape> inputs = values.graph().inputs();
    if (inputs.get(1).size() != size || inputs.get(2).size() > parameters) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The %s of event '%s' is computed from %d states and %d parameters, the solve has %d and %d.",
              what,
              event.name(),
              inputs.get(1).size(),
              inputs.get(2).size(),
              size,
              parameters));
    }
  }

  /** These events for a solve, each change of the state left to a function of its index. */
  Event[] hooked(Hook hook) {
    return IntStream.range(0, events.size())
        .mapToObj(
            i -> {
              Event.Crossing event = events.get(i).event();
              return new Event.Reset(
                  event.name(),
                  event.condition(),
                  event.direction(),
                  new Event.Jump.Plain((t, y) -> hook.apply(i, t, y)));
            })
        .toArray(Event[]::new);
  }

  /** What is done when an event happens. */
  interface Hook {
    void apply(int event, double t, double[] y);
  }

  /** Opens the changes of the state, null where there is none. */
  Derivative[] open(double[] parameters) {
    return events.stream()
        .map(it -> it.changes() ? it.jump().open(parameters) : null)
        .toArray(Derivative[]::new);
  }

  /** An event's condition where it is zero: its derivatives. */
  record Slope(double byTime, double[] byState, double[] byParameters) {
    /** How fast the condition changes along the solution. */
    double rate(double[] derivative) {
      return dot(byTime, byState, derivative);
    }

    /** How far a change of state and parameters moves the condition. */
    double moved(double[] state, double[] parameters) {
      return dot(dot(0, byState, state), byParameters, parameters);
    }

    private static double dot(double start, double[] a, double[] b) {
      double sum = start;
      for (int j = 0; j < a.length; j++) {
        sum = Math.fma(a[j], b[j], sum);
      }
      return sum;
    }
  }

  Slope slope(int event, double t, double[] state, double[] parameters) {
    Program.Run run = at(events.get(event).slope(), t, state, parameters);
    run.run();
    return new Slope(run.number(0), run.get(1).toArray(), run.get(2).toArray());
  }

  /** The cotangents of time, state and parameters for that of the state after an event. */
  Slope pull(int event, double t, double[] state, double[] parameters, double[] bar) {
    Program.Run run = at(events.get(event).pull(), t, state, parameters);
    run.set(3, bar, 0);
    run.run();
    return new Slope(run.number(0), run.get(1).toArray(), run.get(2).toArray());
  }

  /** The tangent of the state after an event for those of time, state and parameters. */
  double[] push(int event, double t, double[] state, double[] parameters, Slope tangents) {
    Program.Run run = at(events.get(event).push(), t, state, parameters);
    run.set(3, tangents.byTime());
    run.set(4, tangents.byState(), 0);
    run.set(5, tangents.byParameters(), 0);
    run.run();
    return run.get(1).toArray();
  }

  private static Program.Run at(Program program, double t, double[] state, double[] parameters) {
    Program.Run run = program.open();
    run.set(0, t);
    run.set(1, state, 0);
    run.set(2, parameters, 0);
    return run;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  boolean changes(int event) {
    return events.get(event).changes();
  }
}
