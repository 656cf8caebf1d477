package odeum.equation;

import java.util.List;
import odeum.graph.Traced;
import odeum.graph.Tracer;

/**
 * A number computed from a solution, as one writes it: {@code x(10)^2 + integral(x*y)}. Besides
 * numbers, parameters and constants there are
 *
 * <pre>
 *   x(10)          a state or a let at a time; the time may be computed from parameters, t0 and t1
 *   last(x)        what the solution ends with, also of a formula
 *   integral(x*y)  over the whole span, from t0 to t1
 *   t0, t1         the ends of the span
 * </pre>
 *
 * <p>Immutable. {@link Ode#formula} makes it.
 */
public final class SolutionFormula {
  static final String START = "t0";
  static final String END = "t1";

  /**
   * A part that reads the solution.
   *
   * @param what the formula that is read
   * @param time at which time; for an integral nothing counts
   */
  record Reading(Expression what, Expression time) {}

  private final Definition definition;
  private final Values values;
  private final Nets nets;
  private final SolutionFormulaParser.Parsed parsed;

  private SolutionFormula(
      Definition definition, Values values, Nets nets, SolutionFormulaParser.Parsed parsed) {
    this.definition = definition;
    this.values = values;
    this.nets = nets;
    this.parsed = parsed;
  }

  static SolutionFormula of(String text, Definition definition, Values values, Nets nets) {
    return new SolutionFormula(
        definition, values, nets, SolutionFormulaParser.parse(text, definition, nets));
  }

  /** {@return the formula as it was written} */
  public String text() {
    return parsed.text();
  }

  /** {@return at how many places the formula reads the solution, equal times counted again} */
  public int times() {
    return parsed.readings().size();
  }

  /** {@return how many integrals the formula has} */
  public int integrals() {
    return parsed.integrands().size();
  }

  /**
   * {@return the times at which the solution is read, shape {@code (times)}; there must be some}
   *
   * @param p all parameters of the system
   * @param start of the span
   * @param end of the span
   */
  public Tracer times(Traced p, Tracer start, Tracer end) {
    Environment environment = ends(p, start, end);
    return Tracer.stack(
        parsed.readings().stream().map(reading -> environment.trace(reading.time())).toList());
  }

  /** {@return what the integrals sum up, shape {@code (integrals)}; there must be some} */
  public Tracer integrands(Tracer t, Tracer y, Traced p) {
    Environment environment = Traces.environment(definition, values, nets, t, y, p);
    return Tracer.stack(parsed.integrands().stream().map(environment::trace).toList());
  }

  /**
   * {@return the number, shape {@code ()}}
   *
   * @param p all parameters of the system
   * @param start of the span
   * @param end of the span
   * @param states one for each of the times, shape {@code (states)}
   * @param integrals the value of each integral, shape {@code ()}
   */
  public Tracer value(
      Traced p, Tracer start, Tracer end, List<Tracer> states, List<Tracer> integrals) {
    Environment environment = ends(p, start, end);
    List<Reading> readings = parsed.readings();
    for (int i = 0; i < readings.size(); i++) {
      Tracer time = environment.trace(readings.get(i).time());
      Environment there = Traces.environment(definition, values, nets, time, states.get(i), p);
      environment.put(SolutionFormulaParser.reading(i), there.trace(readings.get(i).what()));
    }
    for (int i = 0; i < integrals.size(); i++) {
      environment.put(SolutionFormulaParser.integral(i), integrals.get(i));
    }
    return environment.trace(parsed.value());
  }

  /** What is known without the solution. A name of the system hides that of an end. */
  private Environment ends(Traced p, Tracer start, Tracer end) {
    Environment environment =
        new Environment(
            start,
            definition.source(),
            values.constants(),
            (name, inputs) -> nets.apply(p, name, inputs));
    environment.put(START, start);
    environment.put(END, end);
    definition
        .constants()
        .forEach(it -> environment.put(it.name(), number(values.constants().get(it.name()))));
    definition.parameters().forEach(it -> environment.put(it.name(), p.get(it.name())));
    return environment;
  }

  private static Expression number(double value) {
    return new Expression.Number(value);
  }

  @Override
  public String toString() {
    return text();
  }
}
