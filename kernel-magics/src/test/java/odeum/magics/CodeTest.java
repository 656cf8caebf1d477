package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import odeum.autodiff.Gradient;
import odeum.equation.Ode;
import odeum.model.Comparison;
import odeum.model.SweepSolution;
import odeum.plot.Figures;
import odeum.solver.Ensemble;
import odeum.solver.Solution;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/** The lines that {@code --code} prints, run in a cell, give what the magic gave, bit for bit. */
class CodeTest {
  private static Notebook notebook;

  static final List<String> LINES =
      List.of(
          "%%ode first\nx' = -k*x + exp(-t)\nparam k = 0.3 in 0..1\ninit x = 1\ntime 0 .. 2",
          "%%ode first\nx' = f(x)\nnet f = mlp(1, 3, 1)\nevent x = 2: stop\ninit x = 1",
          "%%ode first\nx' = k*(u - x) + v\ninput u = {series}, v = {table}\nparam k = 1\ninit x = 1",
          "%%ode first\nx' = y\ninput y = {sol}\ninit x = 1",
          "%solve room -t 0.5 3 -p k=2 -o first",
          "%solve room --ensemble 4 --vary parameters --spread 0.1 -o first",
          "%solve room --sweep k=1:2:0.5 -o first",
          "%gradient room --of last(x) --wrt k,x(0) -o first",
          "%train room -d fitted --epochs 3 -o first",
          "%solve lotka -o first",
          "%solve lotka -t 0 3 --y0 x=1/3 -p a=1+k -s dopri8 --rtol 1e-9 --atol 1e-12 -o first",
          "%solve lotka --dt 0.01 -s rk4 --saveat steps --plot phase -o first",
          "%solve lotka --saveat 0,1,2.5 --max-steps 1000 --plot time,phase -o first",
          "%solve stiff -s rodas5p --saveat dense -o first",
          "%solve heat -o first",
          "%solve lotka --sweep a=1:2:0.5 -o first",
          "%solve lotka --ensemble 5 --spread 0.1 --vary y0,parameters --seed 3 -o first",
          "%solve lotka --compare tsit5,rk4 --dt 0.01 -o first",
          "%compare lotka dopri5 vern7 -o first",
          "%gradient lotka --of x(2) --wrt a,x(0) -o first",
          "%gradient lotka --of \"integral(x*y)\" --adjoint backsolve -s dopri5 -o first",
          "%train lotka -d sol --epochs 3 -o first",
          "%train lotka -d hudson-bay --columns x=hare,y=lynx --window 3 -O adam:2,lbfgs:2 -o first",
          "%train net -d sol --columns x=x --epochs 3 --batch 2 --window 4 --seed 2 --val 0.2 -o first",
          "%plot sol -o first",
          "%plot sol x y --title \"a 'title'\" --xlabel prey -o first",
          "%plot sol sol2 --log y -o first",
          "%data sunspots -o first",
          "%data hudson-bay --table --columns x=hare -o first",
          "%data digits -o first",
          "%data -o first",
          "%solvers -o first",
          "%systems -o first",
          "%lsmagic -o first",
          "%envinfo -o first");

  /** Its link is that of this process's directory, which need not be in a repository. */
  private static final String ELSEWHERE = "%share";

  @BeforeAll
  static void define(@TempDir Path folder) {
    notebook = new Notebook();
    Magics.IMPORTS.forEach(name -> notebook.java("import " + name + ";"));
    notebook.java("import java.util.*; double k = 0.4;");
    notebook.run(
        "%%ode lotka\nx' = a*x - b*x*y\ny' = -3*y + x*y\nparam a = 1.5, b = 1\ninit x = 1, y = 1\n"
            + "time 0 .. 5");
    notebook.run("%%ode stiff\nx' = -1000*(x - cos(t))\ninit x = 0\ntime 0 .. 1");
    notebook.run("%%ode net\nx' = f(x)\nnet f = mlp(1, 4, 1)\ninit x = 1\ntime 0 .. 1");
    notebook.run(
        "%%ode heat\nu[i]' = u[i-1] - 2*u[i] + u[i+1] for i in 1..6\nboundary u = 0\n"
            + "init u[i] = i\ntime 0 .. 1");
    notebook.java(
        "TimeSeries series = TimeSeries.of(0, 1, 4).and(\"u\", 1, 3, -1.0/3);"
            + "var table = Tables.of(TimeSeries.of(0, 2, 5).and(\"rain\", 0, 1, 0));");
    notebook.run(
        "%%ode room\nx' = k*(u - x) + v\ninput u = {series}, v = {table}\nparam k = 1\ninit x = 1");
    notebook.run("%solve room -p k=1.4 --saveat 20 -o fitted -q");
    notebook.run("%solve lotka -p a=1.4 --saveat 20 -o sol -q");
    notebook.run("%solve lotka -p a=1.6 --saveat 20 -o sol2 -q");
  }

  @AfterAll
  static void close() {
    notebook.close();
  }

  @ParameterizedTest
  @FieldSource("LINES")
  void thePrintedLinesGiveTheSameBits(String line) {
    String[] cell = line.split("\n", 2);
    notebook.run(cell[0] + " --code" + (cell.length > 1 ? "\n" + cell[1] : ""));
    String code = notebook.outputs.getLast().text();
    String pasted = code.replaceAll("\\bfirst\\b(?!\")", "second");
    // A list that only stands there is the value of its line.
    boolean declares = pasted.contains("second =");
    notebook.java(declares ? pasted : "var second = " + pasted + ";");
    assertEquals(bits(notebook.evaluate("first")), bits(notebook.evaluate("second")), code);
  }

  @Test
  void everyMagicIsThere() {
    TreeSet<String> here = new TreeSet<>(List.of(ELSEWHERE));
    LINES.forEach(line -> here.add(line.split("[ \n]", 2)[0]));
    assertEquals(new TreeSet<>(Magics.names()), here);
  }

  private static List<?> bits(Object value) {
    return switch (value) {
      case Solution solution -> bits(solution);
      case Ensemble ensemble ->
          ensemble.solutions().stream().flatMap(it -> bits(it).stream()).toList();
      case SweepSolution sweep ->
          sweep.solutions().stream().flatMap(it -> bits(it).stream()).toList();
      case Comparison comparison ->
          comparison.rows().stream()
              .flatMap(row -> Stream.of(row.solver(), row.steps(), row.evaluations(), row.error()))
              .toList();
      case Gradient gradient ->
          Stream.concat(Stream.of(gradient.value()), gradient.names().stream().map(gradient::of))
              .toList();
      case TrainingResult<?> result ->
          List.of(Arrays.toString(result.losses()), result.best(), result.loss());
      case Figure figure -> List.of(Figures.svg(figure));
      case Table table -> List.of(table.print(table.rowCount()));
      case Ode ode ->
          List.of(
              ode.toString(),
              ode.initial(),
              ode.parameterValues(),
              Arrays.toString(ode.derivative(0.5, new double[ode.states().size()])));
      default -> List.of(value);
    };
  }

  private static List<?> bits(Solution solution) {
    List<Object> all = new ArrayList<>(List.of(Arrays.toString(solution.times())));
    solution.names().forEach(name -> all.add(Arrays.toString(solution.values(name))));
    all.add(solution.statistics());
    return all;
  }
}
