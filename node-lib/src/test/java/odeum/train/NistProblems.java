package odeum.train;

import java.util.List;
import java.util.function.BiFunction;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.tensor.Tensor;

/**
 * Nonlinear least squares problems of the NIST Statistical Reference Datasets, with their certified
 * answers (https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml).
 */
final class NistProblems {
  /** A problem: model, data, both starts, certified parameters and residual sum of squares. */
  record Problem(
      String name,
      BiFunction<Traced, Tracer, Tracer> model,
      Tensor x,
      Tensor y,
      List<Parameters> starts,
      Parameters certified,
      double sumOfSquares) {

    Objective objective() {
      return Objective.leastSquares(
          (p, sample) -> model.apply(p, sample.get("x")).minus(sample.get("y")));
    }

    Dataset data() {
      return Dataset.sample("x", x).and("y", y);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private NistProblems() {}

  static List<Problem> all() {
    return List.of(misra1a(), boxBod(), mgh10());
  }

  private static Parameters b(double... values) {
    Parameters parameters = Parameters.EMPTY;
    for (int i = 0; i < values.length; i++) {
      parameters = parameters.and("b" + (i + 1), values[i]);
    }
    return parameters;
  }

  private static Tracer saturation(Traced p, Tracer x) {
    Tracer gone = x.times(p.get("b2")).unaryMinus().exp();
    return p.get("b1").times(gone.unaryMinus().plus(1));
  }

  /** Dental research: monomolecular adsorption. Lower difficulty. */
  static Problem misra1a() {
    return new Problem(
        "Misra1a",
        NistProblems::saturation,
        Tensor.vector(
            77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1,
            689.1, 760.0),
        Tensor.vector(
            10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40,
            75.47, 81.78),
        List.of(b(500, 0.0001), b(250, 0.0005)),
        b(2.3894212918E+02, 5.5015643181E-04),
        1.2455138894E-01);
  }

  /** Biochemical oxygen demand. Higher difficulty. */
  static Problem boxBod() {
    return new Problem(
        "BoxBOD",
        NistProblems::saturation,
        Tensor.vector(1, 2, 3, 5, 7, 10),
        Tensor.vector(109, 149, 149, 191, 213, 224),
        List.of(b(1, 1), b(100, 0.75)),
        b(2.1380940889E+02, 5.4723748542E-01),
        1.1680088766E+03);
  }

  /** Resistance of a thermistor. Higher difficulty: the first start is far off. */
  static Problem mgh10() {
    return new Problem(
        "MGH10",
        (p, x) -> p.get("b1").times(p.get("b2").div(x.plus(p.get("b3"))).exp()),
        Tensor.vector(50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, 105, 110, 115, 120, 125),
        Tensor.vector(
            34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427,
            3820, 3307, 2872),
        List.of(b(2, 400000, 25000), b(0.02, 4000, 250)),
        b(5.6096364710E-03, 6.1813463463E+03, 3.4522363462E+02),
        8.7945855171E+01);
  }
}
