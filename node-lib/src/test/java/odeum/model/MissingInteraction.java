package odeum.model;

import java.util.Locale;
import odeum.equation.Ode;
import odeum.nn.NetFunction;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.train.Adam;
import odeum.train.Lbfgs;
import odeum.train.Trainer;

/**
 * Lotka and Volterra's equations without their interaction, which a network has to find from 31
 * noisy rows: scenario 1 of Rackauckas et al. (arXiv:2001.04385). Adam, then L-BFGS. As a program
 * it runs three seeds of both networks: {@code java … odeum.model.MissingInteraction}.
 *
 * @param net the network as the equations write it
 * @param rate of Adam, for 200 epochs
 * @param method afterwards
 * @param iterations of that method
 */
record MissingInteraction(String net, double rate, Lbfgs method, int iterations) {
  private static final int ROWS = 31;
  private static final double NOISE = 5e-3;
  private static final Ode TRUTH =
      Ode.parse(
          """
          x' = 1.3*x - 0.9*x*y
          y' = 0.8*x*y - 1.8*y
          init x = 0.44249296, y = 4.6280594
          """);

  /**
   * What a run found.
   *
   * @param loss the sum of squares over all 62 values
   * @param truth the same sum for the curve without noise
   * @param errorOfTerm the relative error of the missing term along that curve
   * @param seconds how long it took
   */
  record Outcome(double loss, double truth, double errorOfTerm, double seconds) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "loss %.5f (true curve %.5f), missing term %.3f, %.1f s",
          loss,
          truth,
          errorOfTerm,
          seconds);
    }
  }

  static MissingInteraction rbf() {
    return new MissingInteraction("mlp(2, 5, 5, 5, 2, rbf)", 0.1, Lbfgs.of().withHistory(50), 1500);
  }

  static MissingInteraction tanh() {
    return new MissingInteraction(
        "mlp(2, 16, 16, 2, tanh)", 0.01, Lbfgs.of().withHistory(50), 1000);
  }

  Outcome run(int seed) {
    final long began = System.nanoTime();
    double[] times = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      times[i] = 0.1 * i;
    }
    Solution curve =
        Integrator.of(Solvers.tsit5()).withSaveAt(SaveAt.times(times)).solve(TRUTH, 0, 3);
    double[] x = noisy(curve.values("x"), RandomKey.of(seed).fold(0));
    double[] y = noisy(curve.values("y"), RandomKey.of(seed).fold(1));
    TimeSeries data = TimeSeries.of(times).and("x", x).and("y", y);
    Ode system =
        Ode.parse(
            """
            x' = 1.3*x + u
            y' = -1.8*y + v
            let (u, v) = f(x, y)
            net f = %s
            init x = %s, y = %s
            """
                .formatted(net, x[0], y[0]));
    var first =
        Trainer.of(EquationFit.of(system, data))
            .seed(seed)
            .optimizer(Adam.of(rate))
            .epochs(200)
            .run();
    var fit =
        Trainer.of(EquationFit.of(first.model(), data)).optimizer(method).epochs(iterations).run();
    return new Outcome(
        fit.loss() * 2 * ROWS,
        squares(curve.values("x"), x) + squares(curve.values("y"), y),
        errorOfTerm(fit.net("f"), curve),
        (System.nanoTime() - began) * 1e-9);
  }

  private static double[] noisy(double[] values, RandomKey key) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double[] noisy = values.clone();
    for (int i = 0; i < values.length; i++) {
      noisy[i] += NOISE * mean * key.normal(i);
    }
    return noisy;
  }

  private static double squares(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  private static double errorOfTerm(NetFunction f, Solution curve) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < ROWS; i++) {
      double x = curve.values("x")[i];
      double y = curve.values("y")[i];
      double[] found = f.applyAll(x, y);
      double[] missing = {-0.9 * x * y, 0.8 * x * y};
      error += squares(found, missing);
      size += squares(missing, new double[2]);
    }
    return Math.sqrt(error / size);
  }

  public static void main(String[] args) {
    for (MissingInteraction setting : new MissingInteraction[] {rbf(), tanh()}) {
      for (int seed = 0; seed < 3; seed++) {
        System.out.printf("%s, seed %s: %s%n", setting.net, seed, setting.run(seed));
      }
    }
  }
}
