package odeum.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.NetFunction;
import odeum.nn.Parameters;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.train.Limits;

/** A system with parameters, as the models of this package share it. Immutable. */
interface Dynamics extends Problem {
  /** {@return the present parameters} */
  Parameters parameters();

  /** {@return the parameters to train from: those that were set, others drawn from the key} */
  Parameters start(RandomKey key);

  Dynamics with(Parameters parameters);

  Dynamics withInitial(Tensor state);

  Dynamics withSpan(double start, double end);

  /** {@return this system, whose states are these columns if nobody named them} */
  Dynamics namedLike(List<String> columns);

  boolean hasSpan();

  /** {@return the state at the start for these parameters, if the system has one} */
  Optional<Tracer> initial(Traced parameters);

  boolean hasInitial();

  /** {@return whether the start it has is part of the system, so comes before that of the data} */
  boolean startsItself();

  /** {@return the states whose start is trained} */
  List<String> trainedStarts();

  boolean hasNets();

  /** {@return a network with its present weights} */
  NetFunction net(String name);

  Limits limits();

  /** {@return a solve in which events that reset the state act, but none that stop it} */
  Solve solve(Integrator integrator, Adjoint adjoint);

  /** {@return what the system is made of, line by line, if it is written as equations} */
  default Map<String, String> lines() {
    return Map.of();
  }

  /** {@return the events that reset the state} */
  default List<Event.Reset> resets() {
    return events().stream()
        .filter(Event.Reset.class::isInstance)
        .map(Event.Reset.class::cast)
        .toList();
  }

  /** {@return whether the time itself counts, not only how much of it passes} */
  default boolean usesTime() {
    return usesTime(term().field().orElseThrow().graph())
        || observed().filter(lets -> usesTime(lets.graph())).isPresent()
        || resets().stream().flatMap(Dynamics::graphs).anyMatch(Dynamics::usesTime);
  }

  /** {@return what a reset computes, as far as it is traced} */
  static Stream<Graph> graphs(Event.Reset reset) {
    List<Graph> graphs = new ArrayList<>();
    if (reset.condition() instanceof Event.Condition.Traced(Observable condition)) {
      graphs.add(condition.graph());
    }
    if (reset.jump() instanceof Event.Jump.Traced(Observable state)) {
      graphs.add(state.graph());
    }
    return graphs.stream();
  }

  private static boolean usesTime(Graph graph) {
    List<Instruction> instructions = graph.instructions();
    Set<Integer> needed = new HashSet<>(graph.outputs());
    for (int i = instructions.size() - 1; i >= 0; i--) {
      if (needed.contains(i)) {
        if (instructions.get(i).op() instanceof Op.Input(int position) && position == 0) {
          return true;
        }
        needed.addAll(instructions.get(i).operands());
      }
    }
    return false;
  }
}
