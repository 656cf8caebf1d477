package odeum.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Integrator;
import odeum.solver.OneStepMethod;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * What gradients through a solve take of memory, by the adjoint and the number of steps: {@code y'
 * = tanh(W y)} with 16 values from 0 to 1 in steps of one size. Prints a line for each: solver,
 * adjoint, steps, then the bytes that the loss alone allocates and those that its gradient does.
 * Each is the first call of a program of its own, in a machine that is warm already; later calls
 * use the same memory again.
 */
public final class Memory {
  private static final int SIZE = 16;
  private static final int[] STEPS = {100, 1_000, 10_000};
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Memory() {}

  public static void main(String[] args) {
    for (OneStepMethod solver : List.of(Solvers.alf(), Solvers.reversibleHeun(), Solvers.rk4())) {
      for (String name : Adjoint.names()) {
        if (name.equals("auto") || name.equals("reversible") && solver == Solvers.rk4()) {
          continue;
        }
        measure(solver, name, STEPS[2]); // classes are loaded, code is compiled
        for (int steps : STEPS) {
          System.out.println(measure(solver, name, steps));
        }
      }
    }
  }

  private static String measure(OneStepMethod solver, String adjoint, int steps) {
    Integrator integrator = Integrator.fixed(solver, 1.0 / steps).withMaxSteps(2 * steps);
    Solve solve =
        Solve.of((_, y, p) -> p.get("w").matmul(y).tanh(), integrator, Adjoint.named(adjoint));
    Structure names = Structure.EMPTY.and("w", Shape.of(SIZE, SIZE));
    Graph loss =
        Graph.trace(
            List.of(Shape.of(SIZE), Shape.of(SIZE * SIZE), Shape.of(2)),
            in -> {
              Tracer states = solve.apply(new Traced(names, in.get(1)), in.get(0), in.get(2));
              return List.of(states.get(1).square().sum());
            });
    Graph gradient =
        Graph.trace(loss.inputs(), in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
    List<Tensor> at =
        List.of(
            RandomKey.of(1).normal(Shape.of(SIZE)),
            RandomKey.of(2).uniform(Shape.of(SIZE * SIZE), -0.25, 0.25),
            Tensor.vector(0, 1));
    long value = leastAllocated(loss, at);
    long both = leastAllocated(gradient, at);
    return String.format(Locale.ROOT, "%s %s %d %d %d", solver.name(), adjoint, steps, value, both);
  }

  /** Of some programs the least: a class that is loaded meanwhile is none of their memory. */
  private static long leastAllocated(Graph graph, List<Tensor> at) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      least = Math.min(least, allocated(Program.of(graph), at));
    }
    return least;
  }

  private static long allocated(Program program, List<Tensor> at) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    program.run(at);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
