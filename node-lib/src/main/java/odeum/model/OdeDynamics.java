package odeum.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.equation.Ode;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.NetFunction;
import odeum.nn.Parameters;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.OdeTerm;
import odeum.train.Limits;

/** A system written as equations. */
record OdeDynamics(Ode ode) implements Dynamics {
  private static final List<String> NO_FACTS = List.of("param ", "time ", "input ");

  @Override
  public Parameters parameters() {
    return Parameters.of(ode.parameters(), ode.parameterValues());
  }

  @Override
  public Parameters start(RandomKey key) {
    return ode.start(key);
  }

  @Override
  public OdeDynamics with(Parameters parameters) {
    return new OdeDynamics(ode.withParameters(parameters.flat()));
  }

  @Override
  public OdeDynamics withInitial(Tensor state) {
    if (state.size() != names().size()) {
      throw new IllegalArgumentException(
          "The system has %s states (%s), got %s values."
              .formatted(names().size(), String.join(" ", names()), state.size()));
    }
    Ode changed = ode;
    for (int i = 0; i < state.size(); i++) {
      changed = changed.withInitial(names().get(i), state.at(i));
    }
    return new OdeDynamics(changed);
  }

  @Override
  public OdeDynamics withSpan(double start, double end) {
    return new OdeDynamics(ode.withSpan(start, end));
  }

  @Override
  public OdeDynamics namedLike(List<String> columns) {
    return this;
  }

  @Override
  public boolean hasSpan() {
    return ode.hasSpan();
  }

  @Override
  public Optional<Tracer> initial(Traced parameters) {
    return Optional.of(ode.initial(parameters));
  }

  @Override
  public boolean hasInitial() {
    return true;
  }

  @Override
  public boolean startsItself() {
    return true;
  }

  @Override
  public List<String> trainedStarts() {
    return ode.trainedStarts();
  }

  @Override
  public boolean hasNets() {
    return !ode.nets().isEmpty();
  }

  @Override
  public NetFunction net(String name) {
    return ode.net(name);
  }

  @Override
  public Limits limits() {
    Limits limits = Limits.NONE;
    for (String name : ode.numbers()) {
      var bounds = ode.bounds(name);
      if (bounds.isPresent()) {
        limits = limits.and(name, bounds.get().low(), bounds.get().high());
      }
    }
    return limits;
  }

  @Override
  public Solve solve(Integrator integrator, Adjoint adjoint) {
    Event[] resets = resets().toArray(Event[]::new);
    return Solve.of(ode.field(), integrator, adjoint).withEvents(resets);
  }

  @Override
  public Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String line : ode.toString().lines().skip(1).map(String::strip).toList()) {
      int list = line.startsWith("const ") || line.startsWith("init ") ? line.indexOf(' ') : -1;
      int end = list > 0 ? list : line.contains(" = ") ? line.indexOf(" = ") : line.indexOf(':');
      // Where the parameters start is no part of the system, nor is a span that data may change.
      if (end > 0 && NO_FACTS.stream().noneMatch(line::startsWith)) {
        lines.put(line.substring(0, end), line.substring(end + 1).replaceFirst("^= ", "").strip());
      }
    }
    // All points: an input is part of the system, and long texts are kept as hashes.
    ode.inputs().forEach(name -> lines.put("input " + name, ode.input(name).toCsv()));
    return lines;
  }

  @Override
  public OdeTerm term() {
    return ode.term();
  }

  @Override
  public Tensor initial() {
    return ode.initial();
  }

  @Override
  public double start() {
    return ode.start();
  }

  @Override
  public double end() {
    return ode.end();
  }

  @Override
  public List<String> names() {
    return ode.names();
  }

  @Override
  public List<Event> events() {
    return ode.events();
  }

  @Override
  public Optional<Observable> observed() {
    return ode.observed();
  }

  @Override
  public String toString() {
    return ode.toString();
  }
}
