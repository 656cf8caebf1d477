package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import odeum.nn.Mlp;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import org.junit.jupiter.api.Test;

/** Measured inputs in equations. */
class InputTest {
  private static final String BODY =
      """
      x' = k*(u - x) + v
      let d = u - x
      event x = u rising: x = u + d
      input u = {outside}, v = {sun.select(List.of("v"))}
      param k = 0.5
      init x = 20
      """;

  private static final TimeSeries OUTSIDE = TimeSeries.of(0, 2, 5).and("T", 10, 14, 8);
  private static final TimeSeries SUN =
      TimeSeries.of(1, 3, 4).and("w", 9, 9, 9).and("v", 0, 1, Double.NaN);

  private static Ode room() {
    return Ode.parse("room", BODY, Map.of("u", OUTSIDE, "v", SUN));
  }

  @Test
  void formulasReadThemLikeFunctionsOfTime() {
    Ode room = room();
    assertEquals(List.of("u", "v"), room.inputs());
    assertArrayEquals(new double[] {0.5 * (12 - 20)}, room.derivative(1, 20), 1e-14);
    assertArrayEquals(new double[] {0.5 * (13 - 20) + 0.25}, room.derivative(1.5, 20), 1e-14);
    assertEquals(TimeSeries.of(0, 2, 5).and("u", 10, 14, 8), room.input("u"));
    assertEquals(TimeSeries.of(1, 3).and("v", 0, 1), room.input("v"));
  }

  @Test
  void theSpanIsTheirsWhereNoneIsWritten() {
    assertEquals(List.of(1.0, 3.0), List.of(room().start(), room().end()));
    Ode given = Ode.parse("r", BODY + "time 2 .. 2.5", Map.of("u", OUTSIDE, "v", SUN));
    assertEquals(List.of(2.0, 2.5), List.of(given.start(), given.end()));
    TimeSeries later = TimeSeries.of(6, 7).and("v", 0, 1);
    assertFalse(Ode.parse("r", BODY, Map.of("u", OUTSIDE, "v", later)).hasSpan());
  }

  @Test
  void gridsNetsAndBoundariesReadThemToo() {
    Ode heat =
        Ode.parse(
            "heat",
            """
            w[i]' = w[i-1] - 2*w[i] + w[i+1] + u*i + f(u) for i in 1..3
            boundary w = u, 0
            net f = {layer}
            input u = {outside}
            init w = 0
            """,
            Map.of("u", OUTSIDE, "f", Mlp.of(1, 2, 1)));
    double net = heat.net("f").apply(12);
    assertArrayEquals(
        new double[] {12 + 12 + net, 24 + net, 36 + net}, heat.derivative(1, 0, 0, 0), 1e-13);
  }

  @Test
  void shownAsTextTypesetAndAsJava() {
    Ode room = room();
    assertTrue(
        room.toString().contains("\n  input u: {outside}, 3 points from 0 to 5\n"),
        room.toString());
    assertTrue(room.latex().contains("u &= \\text{\\{outside\\}, 3 points from 0 to 5}"));
    assertTrue(
        room.code().endsWith("\"\"\", Map.of(\"u\", outside, \"v\", sun.select(List.of(\"v\"))))"),
        room.code());
    assertTrue(room.code(Map.of("u", "other()")).contains("Map.of(\"u\", other(), "), room.code());
    assertEquals(
        Map.of("u", "outside", "v", "sun.select(List.of(\"v\"))"), Ode.inputExpressions(BODY));
  }

  @Test
  void anotherSeriesTakesItsPlace() {
    Ode colder = room().withInput("u", TimeSeries.of(0, 5).and("u", 0, 0)).with("k", 1);
    assertArrayEquals(new double[] {-20}, colder.derivative(1, 20), 1e-14);
    assertArrayEquals(new double[] {0.5 * (12 - 20)}, room().derivative(1, 20), 1e-14);
    Exception e = assertThrows(IllegalArgumentException.class, () -> colder.withInput("w", SUN));
    assertEquals("room has no input 'w'. Known: u v.", e.getMessage());
  }

  @Test
  void aSolutionDrivesAnotherSystem() {
    Ode first = Ode.parse("x' = -x\ninit x = 1\nlet u = 2*x\ntime 0 .. 1");
    Solution solution = Integrator.of(Solvers.tsit5()).solve(first);
    Ode second = Ode.parse("s", "y' = u\ninit y = 0\ninput u = {sol}", Map.of("u", solution));
    assertArrayEquals(solution.values("u"), second.input("u").column("u"));
    double end = Integrator.of(Solvers.tsit5()).solve(second).last("y");
    assertEquals(2 * (1 - StrictMath.exp(-1)), end, 1e-5);
    Supplier<TimeSeries> later = () -> OUTSIDE;
    assertEquals(
        3,
        Ode.parse("s", "y' = u\ninit y = 0\ninput u = {s}", Map.of("u", later)).input("u").size());
  }

  @Test
  void dataThatDoNotDoAreShown() {
    refused(
        TimeSeries.of(0, 1).and("temp", 1, 2).and("rain", 1, 2),
        "Which column of the series is u? It has temp rain. Name the input like one, or take one:"
            + " {….select(List.of(\"temp\"))}");
    refused(TimeSeries.of(0, 1), "The series of u has no values.");
    refused(TimeSeries.of(0).and("u", 1), "A line needs two points or more, got 1.");
    refused(
        TimeSeries.of(0, 1).and("u", 1, Double.NaN),
        "A line needs two points or more, got 1 besides missing values.");
    refused("text", "input u = {…} needs a TimeSeries, a Solution or a Table, got String.");
    Supplier<TimeSeries> backward = () -> TimeSeries.of(1, 0);
    refused(
        backward,
        "Times must increase strictly, but time 1 is 0.0 after 1.0. Sort the rows, and keep one per"
            + " time.");
  }

  private static void refused(Object data, String message) {
    EquationException e =
        assertThrows(
            EquationException.class,
            () -> Ode.parse("m", "x' = u\ninit x = 0\ninput u = {data}", Map.of("u", data)));
    assertEquals(message, e.problem());
    assertEquals("  input u = {data}\n            ^^^^^^", e.caret());
  }

  @Test
  void whatIsNoInputIsNamed() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Ode.parse("m", "x' = 1\ninit x = 0", Map.of("u", OUTSIDE)));
    assertEquals("m has no input 'u'. Known: none.", e.getMessage());
  }
}
