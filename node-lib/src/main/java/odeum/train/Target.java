package odeum.train;

import java.util.function.Supplier;

/** What a whole-batch method minimises, as a function of a plain vector. */
interface Target {
  /** {@return the value; infinite where there is none} */
  double value(double[] x);

  /** {@return the value; infinite where there is none} Fills in the gradient. */
  double value(double[] x, double[] gradient);

  /** {@return the residuals, whose mean square is the value} */
  double[] residuals(double[] x);

  /** {@return the derivative of each residual by each coordinate} */
  double[][] jacobian(double[] x);

  /** {@return what ends the method where loss or gradient is no number and it knows no way on} */
  RuntimeException notFinite(double[] x);

  /** Takes note of an iteration done. */
  void accept(double[] x, double value);

  /** Takes note of an iteration done, after which the method could go on with this memory. */
  void accept(double[] x, double value, Supplier<OptimizerMemory> memory);
}
