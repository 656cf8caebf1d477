package odeum.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import odeum.adjoint.StoredSolves;
import odeum.file.Json;
import odeum.file.Safetensors;
import odeum.file.StoredGraph;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.simd.Elementary;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * A model that tells classes apart, from a file: that of a {@link Classifier}, an {@link OdeNet} or
 * a {@link ResNet}. It is all data, and needs no class of whoever made it. Immutable; may be used
 * by many threads at once.
 *
 * <pre>{@code
 * net.save(Path.of("digits.safetensors"), Shape.of(64));
 * SavedClassifier digits = SavedClassifier.load(Path.of("digits.safetensors"));
 * String digit = digits.classify(pixels);
 * }</pre>
 */
public final class SavedClassifier {
  private static final String KIND = "classifier";
  private static final String CONSTANTS = "odeum.constants";

  private final Parameters parameters;
  private final Shape sample;
  private final List<String> classes;
  private final List<String> features;
  private final ClassScores scores;

  private SavedClassifier(
      Parameters parameters, Graph graph, List<String> classes, List<String> features) {
    this.parameters = parameters;
    this.sample = graph.inputs().get(1);
    this.classes = List.copyOf(classes);
    this.features = List.copyOf(features);
    this.scores = new ClassScores((p, x) -> graph.inline(List.of(p.flat(), x)).getFirst());
  }

  /**
   * Writes a function of parameters and one sample.
   *
   * @param classes their names; those of numbers if none are given
   */
  static void write(
      Path file,
      Parameters parameters,
      Shape sample,
      BiFunction<Traced, Tracer, Tracer> scores,
      List<String> classes,
      List<String> features) {
    Structure structure = parameters.structure();
    Graph graph =
        Graph.trace(
            List.of(Shape.of(structure.size()), sample),
            in -> List.of(scores.apply(new Traced(structure, in.get(0)), in.get(1))));
    int count = graph.output(0).size();
    List<String> names =
        classes.isEmpty() ? IntStream.range(0, count).mapToObj(String::valueOf).toList() : classes;
    StoredGraph stored = StoredGraph.of(graph, StoredSolves.algorithms());
    Safetensors.EMPTY
        .with("", structure, parameters.flat())
        .with(CONSTANTS, stored.constants())
        .withData(
            KIND,
            Json.fields()
                .with("classes", Json.ofTexts(names))
                .with("features", Json.ofTexts(features))
                .with("parameters", structure)
                .with("graph", stored.json()))
        .write(file);
  }

  /**
   * {@return the model in a file} The file is checked and no code runs, so it may come from
   * anywhere.
   *
   * @throws odeum.file.FileException if there is no such file, or it is no classifier
   */
  public static SavedClassifier load(Path file) {
    return Safetensors.read(file, SavedClassifier::read);
  }

  private static SavedClassifier read(Safetensors content) {
    Json data = content.data(KIND);
    Structure structure = data.get("parameters").structure();
    StoredGraph stored = new StoredGraph(data.get("graph"), content.tensor(CONSTANTS));
    Graph graph = stored.graph(StoredSolves.algorithms());
    List<String> classes = texts(data.get("classes"));
    if (graph.inputs().size() != 2
        || !graph.inputs().getFirst().equals(Shape.of(structure.size()))
        || graph.outputs().size() != 1
        || !graph.output(0).equals(Shape.of(classes.size()))) {
      throw new IllegalArgumentException(
          "its graph does not give a score for each of %s classes".formatted(classes.size()));
    }
    Parameters parameters = Parameters.of(structure, content.flat("", structure));
    return new SavedClassifier(parameters, graph, classes, texts(data.get("features")));
  }

  private static List<String> texts(Json json) {
    return json.items().stream().map(Json::text).toList();
  }

  /** {@return the classes, in the order of {@link #probabilities}} */
  public List<String> classes() {
    return classes;
  }

  /**
   * {@return the names of the numbers of a sample, in their order; none for pixels and the like}
   */
  public List<String> features() {
    return features;
  }

  /** {@return the parameters} */
  public Parameters parameters() {
    return parameters;
  }

  /** {@return the likeliest class of a sample, its numbers row-major} */
  public String classify(double... x) {
    double[] shares = probabilities(x);
    int largest = 0;
    for (int i = 1; i < shares.length; i++) {
      largest = shares[i] > shares[largest] ? i : largest;
    }
    return classes.get(largest);
  }

  /** {@return how likely each class is for a sample, its numbers row-major; their sum is 1} */
  public double[] probabilities(double... x) {
    if (x.length != sample.size()) {
      throw new IllegalArgumentException(
          "A sample has shape %s, so %s numbers, got %s."
              .formatted(sample, sample.size(), x.length));
    }
    return softmax(scores(Tensor.of(sample.prepend(1), x)).toArray());
  }

  private static double[] softmax(double[] scores) {
    double largest = Arrays.stream(scores).max().orElseThrow();
    double[] shares = Arrays.stream(scores).map(s -> Elementary.exp(s - largest)).toArray();
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  /**
   * {@return a score for each class, shape {@code (samples, classes)}} Solves of samples given
   * together share their steps.
   *
   * @param x samples along the first axis
   */
  public Tensor scores(Tensor x) {
    return scores.of(parameters, x);
  }

  @Override
  public String toString() {
    return "SavedClassifier of %s classes (%s) by samples of shape %s, %s parameters"
        .formatted(classes.size(), String.join(" ", classes), sample, parameters.size());
  }
}
