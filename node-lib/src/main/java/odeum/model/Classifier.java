package odeum.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import odeum.adjoint.Adjoint;
import odeum.equation.Ode;
import odeum.nn.NetFunction;
import odeum.nn.Networks;
import odeum.nn.Parameters;
import odeum.path.Labelled;
import odeum.simd.Elementary;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Dataset;
import odeum.train.Limits;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Trainable;

/**
 * Tells classes apart by an equation: the numbers of a sample are the state it starts from, a
 * trained linear layer reads a score for each class from the state at the end of its span, and
 * training makes their cross entropy small. Immutable; training gives another one.
 *
 * <pre>{@code
 * Labelled moons = Examples.moons(200, 0.1, RandomKey.of(0));
 * NeuralOde node = NeuralOde.of(Mlp.of(3, 16, 3));        // a third state, which starts at zero
 * TrainingResult<Classifier> fit = Trainer.of(Classifier.of(node, moons)).run();
 * String kind = fit.model().classify(0.5, -0.2);
 * }</pre>
 *
 * <p>States are told by their names; those of a network without names take the numbers in their
 * order. States without a number start where the equations say, or else at zero (Dupont et al.
 * 2019, arXiv:1904.01681: more states than numbers let trajectories pass each other). A model
 * without a span is solved from 0 to 1.
 */
public final class Classifier implements Trainable<Classifier>, Networks {
  private final Dynamics dynamics;
  private final FitSettings settings;
  private final Labelled data;
  private final Readout readout;
  private final Optional<Parameters> values;

  private Classifier(
      Dynamics dynamics,
      FitSettings settings,
      Labelled data,
      Readout readout,
      Optional<Parameters> values) {
    this.dynamics = dynamics;
    this.settings = settings;
    this.data = data;
    this.readout = readout;
    this.values = values;
  }

  /** {@return a classifier of these classes by a system of equations} */
  public static Classifier of(Ode system, Labelled data) {
    return of(new OdeDynamics(system), FitSettings.DEFAULT, data);
  }

  /** {@return a classifier of these classes by a network} */
  public static Classifier of(NeuralOde model, Labelled data) {
    return of(model.dynamics(), model.settings(), data);
  }

  /** {@return a classifier of these classes by equations with networks in them} */
  public static Classifier of(UniversalDifferentialEquation model, Labelled data) {
    return of(model.dynamics(), model.settings(), data);
  }

  private static Classifier of(Dynamics model, FitSettings settings, Labelled data) {
    if (data.classes().size() < 2) {
      throw new IllegalArgumentException(
          "There must be two classes or more, but all samples have %s %s."
              .formatted(data.labelName(), data.classes().getFirst()));
    }
    if (data.names().isEmpty()) {
      throw new IllegalArgumentException("The samples have no numbers, only a class.");
    }
    Dynamics named = StateNames.like(data.names(), model);
    Dynamics spanned = named.hasSpan() ? named : named.withSpan(0, 1);
    return with(spanned, settings, data);
  }

  private static Classifier with(Dynamics dynamics, FitSettings settings, Labelled data) {
    Readout readout = new Readout(dynamics, settings, data.names(), data.classes().size());
    return new Classifier(dynamics, settings, data, readout, Optional.empty());
  }

  private Classifier with(UnaryOperator<FitSettings> change) {
    return with(dynamics, change.apply(settings), data);
  }

  /** {@return this classifier, solved by another method or to other tolerances} */
  public Classifier withIntegrator(Integrator integrator) {
    return with(old -> old.withIntegrator(integrator));
  }

  /** {@return this classifier with gradients computed another way} */
  public Classifier withAdjoint(Adjoint adjoint) {
    return with(old -> old.withAdjoint(adjoint));
  }

  /** {@return the parameters: those of the system, then {@code readout}'s} */
  public Parameters parameters() {
    return start(RandomKey.of(0));
  }

  /** {@return the classes, in the order of {@link #probabilities}} */
  public List<String> classes() {
    return data.classes();
  }

  /** {@return the names of the numbers of a sample, in the order they are given} */
  public List<String> features() {
    return data.names();
  }

  /** {@return the likeliest class of a sample} */
  public String classify(double... sample) {
    return classes().get(largest(scores(new double[][] {sample})[0]));
  }

  /** {@return how likely each class is for a sample; their sum is 1} */
  public double[] probabilities(double... sample) {
    return probabilities(new double[][] {sample})[0];
  }

  /** {@return how likely each class is for each of many samples, which are solved together} */
  public double[][] probabilities(double[][] samples) {
    return Arrays.stream(scores(samples)).map(Classifier::softmax).toArray(double[][]::new);
  }

  private double[][] scores(double[][] samples) {
    for (double[] sample : samples) {
      if (sample.length != features().size()) {
        throw new IllegalArgumentException(
            "A sample has %s numbers (%s), got %s."
                .formatted(features().size(), String.join(" ", features()), sample.length));
      }
    }
    return readout.scores(parameters(), samples);
  }

  private static double[] softmax(double[] scores) {
    double largest = scores[largest(scores)];
    double[] shares = Arrays.stream(scores).map(s -> Elementary.exp(s - largest)).toArray();
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    double all = sum;
    return Arrays.stream(shares).map(share -> share / all).toArray();
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }

  /** {@return the share of these samples whose class is the likeliest one, from 0 to 1} */
  public double accuracy(Labelled samples) {
    return accuracy(dataset(samples));
  }

  /** {@return the same for samples with the fields of {@link #data}} */
  public double accuracy(Dataset samples) {
    double[] flat = samples.all().field("x").toArray();
    double[] labels = samples.all().field("class").toArray();
    int width = features().size();
    double[][] x =
        IntStream.range(0, labels.length)
            .mapToObj(i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width))
            .toArray(double[][]::new);
    double[][] scores = scores(x);
    long right =
        IntStream.range(0, labels.length).filter(i -> largest(scores[i]) == labels[i]).count();
    return (double) right / labels.length;
  }

  /** {@return the system from a sample's numbers on: what is solved} */
  public Problem problem(double... sample) {
    Dynamics trained = trained();
    double[] start =
        trained.hasInitial() ? trained.initial().toArray() : new double[trained.names().size()];
    for (int i = 0; i < features().size(); i++) {
      start[trained.names().indexOf(features().get(i))] = sample[i];
    }
    return trained.withInitial(Tensor.vector(start));
  }

  private Dynamics trained() {
    return values.map(all -> dynamics.with(readout.ofSystem(all))).orElse(dynamics);
  }

  /**
   * Writes this classifier to a {@code .safetensors} file, for {@link SavedClassifier#load}: a
   * tensor per parameter, everything else as JSON in its remarks.
   *
   * @throws IllegalArgumentException if something of it is Java code that no file can hold, or it
   *     has events
   * @throws odeum.file.FileException if the file cannot be written
   */
  public void save(Path file) {
    Shape sample = Shape.of(features().size());
    SavedClassifier.write(file, parameters(), sample, readout::scores, classes(), features());
  }

  @Override
  public NetFunction net(String name) {
    return trained().net(name);
  }

  @Override
  public Objective objective() {
    return readout.objective();
  }

  @Override
  public Parameters start(RandomKey key) {
    return values.orElseGet(() -> readout.start(key));
  }

  @Override
  public Classifier with(Parameters parameters) {
    return new Classifier(dynamics, settings, data, readout, Optional.of(parameters));
  }

  @Override
  public Limits limits() {
    return dynamics.limits();
  }

  @Override
  public Optimizer optimizer() {
    return Adam.of(1e-2);
  }

  /** {@return a sample for each row: its numbers x (features), and its class, counted from 0} */
  @Override
  public Dataset data() {
    return dataset(data);
  }

  /** {@return the rows themselves} */
  public Labelled samples() {
    return data;
  }

  private Dataset dataset(Labelled samples) {
    int width = features().size();
    double[] x = new double[samples.size() * width];
    double[] labels = new double[samples.size()];
    for (int j = 0; j < width; j++) {
      double[] column = samples.column(features().get(j));
      for (int i = 0; i < column.length; i++) {
        x[i * width + j] = column[i];
      }
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = classes().indexOf(samples.labels().get(i));
    }
    return Dataset.samples("x", Tensor.of(Shape.of(labels.length, width), x))
        .and("class", Tensor.vector(labels));
  }

  @Override
  public Map<String, String> facts() {
    Optional<List<String>> states = Optional.of(dynamics.names());
    Map<String, String> facts =
        new LinkedHashMap<>(new SeriesObjective(dynamics, states, settings).facts());
    facts.put("loss", "cross entropy");
    facts.put("columns", String.join(" ", features()));
    facts.put("classes", String.join(" ", classes()));
    facts.put("span", dynamics.start() + " .. " + dynamics.end());
    return facts;
  }

  @Override
  public String toString() {
    return "Classifier of %s (%s) by %s, %s parameters"
        .formatted(
            data.labelName(),
            String.join(" ", classes()),
            String.join(" ", features()),
            parameters().size());
  }
}
