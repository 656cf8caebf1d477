package odeum.adjoint;

import java.util.concurrent.ConcurrentLinkedQueue;
import odeum.compile.Program;
import odeum.solver.Integrator;
import odeum.solver.Propagator;
import odeum.solver.Result;
import odeum.term.Derivative;
import odeum.term.OdeTerm;

/**
 * A field together with a derivative of it, solved as one equation for one long state: the field's
 * own state first. The program's inputs are t, y and p as the field's, then the second part of the
 * state, then what stays the same; its outputs are the slopes of the parts.
 */
final class AugmentedField {
  /** The second part of the state, among the inputs. */
  static final int SECOND = 3;

  /** What stays the same besides the parameters. */
  static final int GIVEN = 4;

  private final Program program;
  private final Integrator integrator;
  private final ConcurrentLinkedQueue<Run> idle = new ConcurrentLinkedQueue<>();

  AugmentedField(Program program, Integrator integrator) {
    this.program = program;
    this.integrator = integrator;
  }

  /** {@return memory for one solve, at these parameters; to be given back} */
  Run borrow(double[] parameters) {
    Run pooled = idle.poll();
    Run run = pooled == null ? new Run() : pooled;
    run.numbers.set(2, parameters, 0);
    run.propagator.restart();
    return run;
  }

  void giveBack(Run run) {
    idle.add(run);
  }

  /** One solve, which reuses the memory of others. For one thread. */
  final class Run implements Derivative {
    private final Program.Run numbers = program.open();
    private final int outputs = program.graph().outputs().size();
    private final int[] at = new int[outputs];
    private final Propagator propagator;

    /** The whole state: y, then its cotangent or tangent, then what is summed up. */
    final double[] state;

    private Run() {
      int size = 0;
      for (int i = 0; i < outputs; i++) {
        at[i] = size;
        size += program.graph().output(i).size();
      }
      this.state = new double[size];
      this.propagator = integrator.propagator(OdeTerm.of(size, this));
    }

    /** Sets what stays the same besides the parameters. */
    void give(double[] values) {
      numbers.set(GIVEN, values, 0);
    }

    @Override
    public void evaluate(double t, double[] y, double[] dy) {
      numbers.set(0, t);
      numbers.set(1, y, 0);
      numbers.set(SECOND, y, at[1]);
      numbers.run();
      for (int i = 0; i < outputs; i++) {
        numbers.get(i, dy, at[i]);
      }
    }

    /** Computes the slope of the field's own state. */
    void slope(double t, double[] slope) {
      numbers.set(0, t);
      numbers.set(1, state, 0);
      numbers.run();
      numbers.get(0, slope, 0);
    }

    /** Goes from time to time; whether it succeeds. */
    boolean advance(double from, double to) {
      return propagator.advance(from, to, state) == Result.SUCCESS;
    }
  }
}
