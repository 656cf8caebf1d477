package odeum.term;

import odeum.compile.Program;

/** A traced function of time, state and parameters as numbers. */
final class Opened {
  private Opened() {}

  /** {@return the function at these parameters, with its own memory: for one thread} */
  static Derivative at(Program program, double[] parameters) {
    Program.Run run = program.open();
    run.set(2, parameters, 0);
    return (t, y, values) -> {
      run.set(0, t);
      run.set(1, y, 0);
      run.run();
      run.get(0, values, 0);
    };
  }
}
