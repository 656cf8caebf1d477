package odeum.term;

import java.util.Optional;
import odeum.compile.Program;
import odeum.simd.Stages;

/** A traced function of time, state and parameters as numbers. */
final class Opened implements Derivative, Stages.Source {
  private final Program.Run run;

  private Opened(Program.Run run) {
    this.run = run;
  }

  /** {@return the function at these parameters, with its own memory: for one thread} */
  static Derivative at(Program program, double[] parameters) {
    Program.Run run = program.open();
    run.set(2, parameters, 0);
    return new Opened(run);
  }

  @Override
  public void evaluate(double t, double[] y, double[] values) {
    run.set(0, t);
    run.set(1, y, 0);
    run.run();
    run.get(0, values, 0);
  }

  @Override
  public Optional<Stages> stages(Stages.Scheme scheme) {
    return run.stages(scheme);
  }
}
