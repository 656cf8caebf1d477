package odeum.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * An objective, traced once, differentiated and compiled. Immutable, so threads share it. The value
 * over a batch is the mean over its samples, summed in their order.
 */
public final class Compiled {
  private final Structure parameters;
  private final Structure sample;
  private final Program value;
  private final Program gradient;
  private final Optional<LeastSquaresPrograms> leastSquares;

  /** The residuals of a sample, and their derivative along a change of the parameters. */
  private record LeastSquaresPrograms(Program residuals, Program derivative, int count) {
    static LeastSquaresPrograms of(Graph residuals) {
      List<Shape> inputs = residuals.inputs();
      Graph derivative =
          Graph.trace(
              List.of(inputs.get(0), inputs.get(1), inputs.get(0)),
              // The sample has no tangent; null says so, and saves computing with zeros.
              in ->
                  List.of(
                      Jvp.push(residuals, in.subList(0, 2), Arrays.asList(in.get(2), null))
                          .getLast()));
      return new LeastSquaresPrograms(
          Program.of(residuals), Program.of(derivative), residuals.output(0).size());
    }
  }

  private Compiled(
      Structure parameters,
      Structure sample,
      Graph loss,
      Optional<LeastSquaresPrograms> leastSquares) {
    this.parameters = parameters;
    this.sample = sample;
    this.value = Program.of(loss);
    this.gradient = Program.of(valueAndGradient(loss));
    this.leastSquares = leastSquares;
  }

  static Compiled of(Objective objective, Structure parameters, Structure sample) {
    Graph loss = trace(parameters, sample, in -> objective.loss(in.get(0), in.get(1)));
    if (loss.output(0).size() != 1) {
      throw new IllegalArgumentException(
          "A loss is one number, but the objective gives shape %s. Take its mean() or sum()."
              .formatted(loss.output(0)));
    }
    return new Compiled(
        parameters,
        sample,
        loss,
        objective
            .residuals()
            .map(r -> trace(parameters, sample, in -> r.of(in.get(0), in.get(1)).flatten()))
            .map(LeastSquaresPrograms::of));
  }

  private static Graph trace(
      Structure parameters, Structure sample, Function<List<Traced>, Tracer> function) {
    return Graph.trace(
        List.of(Shape.of(parameters.size()), Shape.of(sample.size())),
        in ->
            List.of(
                function.apply(
                    List.of(new Traced(parameters, in.get(0)), new Traced(sample, in.get(1))))));
  }

  /** Inputs parameters and sample; outputs the derivative by the parameters, and the loss. */
  private static Graph valueAndGradient(Graph loss) {
    List<Shape> inputs = List.of(loss.inputs().get(0), loss.inputs().get(1), Shape.of());
    // The derivative of factor * loss by the factor is the loss: so one pass gives both.
    Graph scaled =
        Graph.trace(
            inputs,
            in ->
                List.of(
                    loss.inline(in.subList(0, 2)).getFirst().reshape(Shape.of()).times(in.get(2))));
    return Graph.trace(
        loss.inputs(),
        in -> {
          Tracer one = in.getFirst().constant(1);
          List<Tracer> cotangents =
              Vjp.pull(scaled, List.of(in.get(0), in.get(1), one), List.of(one));
          return List.of(cotangents.get(0), cotangents.get(2));
        });
  }

  /** {@return the loss and its gradient} */
  public Evaluation at(Parameters point, Batch batch) {
    check(point, batch);
    double[] sum = new double[parameters.size()];
    double value = 0;
    for (int i = 0; i < batch.size(); i++) {
      List<Tensor> results = gradient.run(List.of(point.flat(), batch.sample(i)));
      for (int j = 0; j < sum.length; j++) {
        sum[j] += results.get(0).at(j);
      }
      value += results.get(1).scalar();
    }
    for (int j = 0; j < sum.length; j++) {
      sum[j] /= batch.size();
    }
    return new Evaluation(value / batch.size(), point.withFlat(sum));
  }

  /** {@return the loss only, which costs less} */
  public double value(Parameters point, Batch batch) {
    check(point, batch);
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += value.run(List.of(point.flat(), batch.sample(i))).getFirst().scalar();
    }
    return sum / batch.size();
  }

  /** {@return whether the loss is a mean of squares, whose residuals are known} */
  public boolean isLeastSquares() {
    return leastSquares.isPresent();
  }

  /** {@return the residuals of all samples, one after the other} */
  public Tensor residuals(Parameters point, Batch batch) {
    check(point, batch);
    LeastSquaresPrograms programs = programs();
    double[] all = new double[batch.size() * programs.count];
    for (int i = 0; i < batch.size(); i++) {
      programs
          .residuals
          .run(List.of(point.flat(), batch.sample(i)))
          .getFirst()
          .copyTo(all, i * programs.count);
    }
    return Tensor.vector(all);
  }

  /** {@return the derivative of each residual by each parameter, shape (residuals, parameters)} */
  public Tensor jacobian(Parameters point, Batch batch) {
    check(point, batch);
    LeastSquaresPrograms programs = programs();
    int columns = parameters.size();
    double[] all = new double[batch.size() * programs.count * columns];
    for (int column = 0; column < columns; column++) {
      double[] unit = new double[columns];
      unit[column] = 1;
      Tensor direction = Tensor.vector(unit);
      for (int i = 0; i < batch.size(); i++) {
        Tensor change =
            programs.derivative.run(List.of(point.flat(), batch.sample(i), direction)).getFirst();
        for (int row = 0; row < programs.count; row++) {
          all[(i * programs.count + row) * columns + column] = change.at(row);
        }
      }
    }
    return Tensor.of(Shape.of(batch.size() * programs.count, columns), all);
  }

  private LeastSquaresPrograms programs() {
    return leastSquares.orElseThrow(
        () ->
            new IllegalStateException(
                "This loss is not made of residuals. Write it with Objective.leastSquares."));
  }

  private void check(Parameters point, Batch batch) {
    if (!point.structure().equals(parameters)) {
      throw new IllegalArgumentException(
          "The objective was compiled for the parameters (%s), got (%s)."
              .formatted(parameters, point.structure()));
    }
    if (!batch.structure().equals(sample)) {
      throw new IllegalArgumentException(
          "The objective was compiled for samples of (%s), got (%s)."
              .formatted(sample, batch.structure()));
    }
  }
}
