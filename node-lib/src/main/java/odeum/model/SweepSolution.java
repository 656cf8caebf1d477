package odeum.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import odeum.solver.Ensemble;
import odeum.solver.Solution;

/**
 * What the solves of a sweep found, in the order of the values.
 *
 * @param sweep what was swept
 * @param ensemble the solves
 */
public record SweepSolution(Sweep sweep, Ensemble ensemble) {
  /** {@return how many solves there are} */
  public int size() {
    return ensemble.size();
  }

  /** {@return a solution} */
  public Solution get(int i) {
    return ensemble.get(i);
  }

  /** {@return the solutions} */
  public List<Solution> solutions() {
    return ensemble.solutions();
  }

  /** {@return the values of what is swept, one for each solve, shape {@code (size)}} */
  public double[] values(String name) {
    return sweep.values(name);
  }

  /** {@return a value at the end of each solve, shape {@code (size)}; NaN where one failed} */
  public double[] last(String name) {
    return ensemble.last(name);
  }

  /** {@return a value of each solve at any time, shape {@code (size)}; NaN where one failed} */
  public double[] at(double t, String name) {
    return ensemble.at(t, name);
  }

  /** {@return what one solve was for: {@code a = 1.5, x = 2}} */
  public String label(int i) {
    return sweep.names().stream()
        .map(name -> name + " = " + brief(values(name)[i]))
        .collect(Collectors.joining(", "));
  }

  private static String brief(double value) {
    double shown = Double.parseDouble(String.format(Locale.ROOT, "%.6g", value));
    String text =
        shown == Math.rint(shown) && Math.abs(shown) < 1e7
            ? Long.toString((long) shown)
            : Double.toString(shown);
    return text.replace("E", "e");
  }

  @Override
  public String toString() {
    return "sweep over " + String.join(", ", sweep.names()) + ": " + ensemble;
  }
}
