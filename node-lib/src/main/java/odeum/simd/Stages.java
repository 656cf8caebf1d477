package odeum.simd;

import java.util.Arrays;
import java.util.Optional;

/**
 * The stages of an explicit Runge-Kutta step as one piece of code, for systems so small that all
 * else costs more than their derivative. It has the bits of stages computed one by one.
 */
public interface Stages {
  /**
   * Computes the stages after the first, the state at the end, and the error estimates.
   *
   * @param t the start
   * @param end the end, {@code t + h}
   * @param h the step
   * @param y the state at the start
   * @param k the stages, of which the first is known
   * @param stage receives the state at the last stage that is not the closing one
   * @param y1 receives the state at the end
   * @param errors receives the weighted sums of stages that estimate the error, before h
   */
  void compute(
      double t,
      double end,
      double h,
      double[] y,
      double[][] k,
      double[] stage,
      double[] y1,
      double[][] errors);

  /**
   * Computes a state inside the step by dense output, which needs all stages to be there.
   *
   * @param x where, as a fraction of h
   */
  void interpolate(double x, double h, double[] y, double[][] k, double[] target);

  /** A derivative that may give its stages as one piece of code. */
  interface Source {
    /** {@return the stages of a method, as soon as it is worth the time to make them} */
    Optional<Stages> stages(Scheme scheme);
  }

  /** The coefficients of a method. Its arrays are not to be changed. */
  final class Scheme {
    private final double[] c;
    private final double[][] a;
    private final double[] b;
    private final double[][] errors;
    private final double[][] p;
    private final boolean closes;

    /**
     * @param c the times of the stages
     * @param a the weights of each stage on the ones before
     * @param b the weights of the step
     * @param errors the weights of each error estimate
     * @param p the coefficients of each stage's weight in dense output, the one of x first
     * @param closes whether the last stage is the slope at the end of the step
     */
    public Scheme(
        double[] c, double[][] a, double[] b, double[][] errors, double[][] p, boolean closes) {
      this.c = c;
      this.a = a;
      this.b = b;
      this.errors = errors;
      this.p = p;
      this.closes = closes;
    }

    /** {@return how many stages there are} */
    public int stages() {
      return c.length;
    }

    /** {@return the time of a stage, as a fraction of h} */
    public double time(int stage) {
      return c[stage];
    }

    /** {@return the weights of a stage on the ones before} */
    public double[] row(int stage) {
      return a[stage];
    }

    /** {@return the weights of the step} */
    public double[] weights() {
      return b;
    }

    /** {@return how many error estimates there are} */
    public int estimates() {
      return errors.length;
    }

    /** {@return the weights of an error estimate} */
    public double[] error(int estimate) {
      return errors[estimate];
    }

    /** {@return how many stages there are with those of dense output} */
    public int allStages() {
      return p.length;
    }

    /** {@return the coefficients of a stage's weight in dense output} */
    public double[] dense(int stage) {
      return p[stage];
    }

    /** {@return whether the last stage is the slope at the end of the step} */
    public boolean closes() {
      return closes;
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Scheme scheme
              && closes == scheme.closes
              && Arrays.equals(c, scheme.c)
              && Arrays.equals(b, scheme.b)
              && Arrays.deepEquals(a, scheme.a)
              && Arrays.deepEquals(errors, scheme.errors)
              && Arrays.deepEquals(p, scheme.p));
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.deepHashCode(a) + Arrays.hashCode(b);
    }
  }
}
