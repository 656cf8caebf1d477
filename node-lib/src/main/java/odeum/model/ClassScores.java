package odeum.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.train.Dataset;
import odeum.train.Losses;
import odeum.train.Objective;

/** Scores of classes by a function of parameters and one sample, computed for many samples. */
final class ClassScores {
  /** So many samples are computed at once: a solve among them shares its steps. */
  private static final int MOST_AT_ONCE = 512;

  private final BiFunction<Traced, Tracer, Tracer> scores;
  private final Map<Key, Program> programs = new ConcurrentHashMap<>();

  /** What a program depends on. */
  private record Key(Structure parameters, Shape sample, int count) {}

  ClassScores(BiFunction<Traced, Tracer, Tracer> scores) {
    this.scores = scores;
  }

  Objective objective() {
    return (p, sample) ->
        Losses.crossEntropy(scores.apply(p, sample.get("x")), sample.get("class"));
  }

  /**
   * {@return the scores, shape {@code (samples, classes)}}
   *
   * @param x samples along the first axis
   */
  Tensor of(Parameters parameters, Tensor x) {
    if (x.shape().rank() == 0 || x.shape().extent(0) == 0) {
      throw new IllegalArgumentException(
          "Samples lie along the first axis, and there must be one: got shape %s."
              .formatted(x.shape()));
    }
    Shape sample = x.shape().without(0);
    int count = x.shape().extent(0);
    double[] all = {};
    for (int first = 0; first < count; first += MOST_AT_ONCE) {
      int some = Math.min(MOST_AT_ONCE, count - first);
      Tensor block = block(parameters, x, new Key(parameters.structure(), sample, some), first);
      int classes = block.shape().extent(0);
      all = Arrays.copyOf(all, all.length + some * classes);
      for (int i = 0; i < some * classes; i++) {
        all[first * classes + i] = block.get(i % classes, i / classes);
      }
    }
    return Tensor.of(Shape.of(count, all.length / count), all);
  }

  private Tensor block(Parameters parameters, Tensor x, Key key, int first) {
    int size = key.sample.size();
    double[] values = new double[size * key.count];
    for (int i = 0; i < key.count; i++) {
      for (int j = 0; j < size; j++) {
        values[j * key.count + i] = x.at((first + i) * size + j);
      }
    }
    Program program = programs.computeIfAbsent(key, this::program);
    Tensor samples = Tensor.of(key.sample.append(key.count), values);
    return program.run(List.of(parameters.flat(), samples)).getFirst();
  }

  private Program program(Key key) {
    Graph one =
        Graph.trace(
            List.of(Shape.of(key.parameters.size()), key.sample),
            in -> List.of(scores.apply(new Traced(key.parameters, in.get(0)), in.get(1))));
    return Program.of(Vmap.of(one, List.of(false, true), key.count));
  }

  /** {@return the class with the largest score of each sample} */
  int[] classes(Parameters parameters, Tensor x) {
    Tensor all = of(parameters, x);
    int classes = all.shape().extent(1);
    return IntStream.range(0, all.shape().extent(0))
        .map(i -> largest(all, i * classes, classes))
        .toArray();
  }

  private static int largest(Tensor values, int from, int count) {
    int largest = 0;
    for (int i = 1; i < count; i++) {
      largest = values.at(from + i) > values.at(from + largest) ? i : largest;
    }
    return largest;
  }

  /** {@return the share of samples whose class has the largest score} */
  double accuracy(Parameters parameters, Dataset samples) {
    int[] found = classes(parameters, samples.all().field("x"));
    Tensor labels = samples.all().field("class");
    long right = IntStream.range(0, found.length).filter(i -> found[i] == labels.at(i)).count();
    return (double) right / found.length;
  }
}
