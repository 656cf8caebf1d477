package odeum.term;

import odeum.autodiff.MatrixLayout;
import odeum.compile.Program;

/** Exact derivatives of a traced field, computed with as few columns as its sparsity allows. */
final class TracedLinearization implements Linearization {
  private final FieldJacobian jacobian;
  private final Program.Run run;
  private final double[] compressed;
  private final double[] matrix;
  private final double[] byTime;

  TracedLinearization(FieldJacobian jacobian, double[] parameters) {
    this.jacobian = jacobian;
    this.run = jacobian.program().open();
    run.set(2, parameters, 0);
    this.compressed = new double[jacobian.program().graph().output(0).size()];
    this.matrix = new double[jacobian.layout().length()];
    this.byTime = new double[jacobian.layout().size()];
  }

  @Override
  public void evaluate(double t, double[] y) {
    run.set(0, t);
    run.set(1, y, 0);
    run.run();
    run.get(0, compressed, 0);
    int[] from = jacobian.from();
    int[] to = jacobian.to();
    for (int entry = 0; entry < from.length; entry++) {
      matrix[to[entry]] = compressed[from[entry]];
    }
    if (!jacobian.autonomous()) {
      run.get(1, byTime, 0);
    }
  }

  @Override
  public double[] stateDerivative() {
    return matrix;
  }

  @Override
  public double[] timeDerivative() {
    return byTime;
  }

  @Override
  public MatrixLayout layout() {
    return jacobian.layout();
  }

  @Override
  public boolean isAutonomous() {
    return jacobian.autonomous();
  }

  @Override
  public long evaluations() {
    return 0;
  }
}
