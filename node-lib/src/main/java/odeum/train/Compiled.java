package odeum.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import odeum.autodiff.Jvp;
import odeum.compile.NotFinite;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * An objective, traced once, differentiated and compiled. Immutable, so threads share it. The value
 * over a batch is the mean over its samples. All samples of a batch are computed together: a solve
 * over the batch shares its steps if the samples have the same times.
 */
public final class Compiled {
  /** Larger batches go in blocks of so many samples: memory then does not grow with them. */
  private static final int MOST_AT_ONCE = 1024;

  private final Structure parameters;
  private final Structure sample;
  private final LossGraphs losses;
  private final Map<Key, BatchPrograms> programs = new ConcurrentHashMap<>();
  private final Optional<LeastSquaresPrograms> leastSquares;

  /** What a program depends on. */
  private record Key(Fields fields, int size) {}

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
      LossGraphs losses,
      Optional<LeastSquaresPrograms> leastSquares) {
    this.parameters = parameters;
    this.sample = sample;
    this.losses = losses;
    this.leastSquares = leastSquares;
  }

  static Compiled of(Objective objective, Structure parameters, Structure sample) {
    LossGraphs losses = LossGraphs.of(objective, parameters, sample);
    return new Compiled(
        parameters,
        sample,
        losses,
        objective
            .residuals()
            .map(r -> LossGraphs.trace(parameters, sample, (p, s) -> r.of(p, s).flatten()))
            .map(LeastSquaresPrograms::of));
  }

  Structure parameters() {
    return parameters;
  }

  /** {@return a text that tells the objective from others} */
  String formula() {
    return losses.formula();
  }

  private BatchPrograms programs(Batch batch, int size) {
    return programs.computeIfAbsent(
        new Key(batch.fields(), size), key -> losses.programs(key.fields(), key.size()));
  }

  private int mostAtOnce(Batch batch) {
    return losses.overBatch() ? batch.size() : MOST_AT_ONCE;
  }

  /** {@return the loss and its gradient} */
  public Evaluation at(Parameters point, Batch batch) {
    check(point, batch);
    double[] flat = point.flat().toArray();
    double[] gradient = new double[flat.length];
    int most = mostAtOnce(batch);
    double[] part = batch.size() > most ? new double[flat.length] : gradient;
    double factor = 1.0 / batch.size();
    double sum = 0;
    for (int first = 0; first < batch.size(); first += most) {
      int count = Math.min(most, batch.size() - first);
      sum += programs(batch, count).gradient(flat, batch, first, factor, part);
      for (int j = 0; part != gradient && j < part.length; j++) {
        gradient[j] += part[j];
      }
    }
    return new Evaluation(sum / batch.size(), point.withFlat(gradient));
  }

  /** {@return the loss only, which costs less} */
  public double value(Parameters point, Batch batch) {
    check(point, batch);
    double[] flat = point.flat().toArray();
    int most = mostAtOnce(batch);
    double sum = 0;
    for (int first = 0; first < batch.size(); first += most) {
      int count = Math.min(most, batch.size() - first);
      sum += programs(batch, count).value(flat, batch, first);
    }
    return sum / batch.size();
  }

  /** {@return the operation that makes the loss of a sample, or its gradient, NaN or infinite} */
  Optional<NotFinite> trouble(Parameters point, Batch batch) {
    return losses.trouble(point, batch);
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
