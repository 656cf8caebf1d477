package odeum.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Layer;
import odeum.nn.Parameters;
import odeum.nn.TimeLayer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Dataset;
import odeum.train.Objective;
import odeum.train.Trainable;

/**
 * A residual network (He et al. 2016, arXiv:1603.05027): a stem makes the state from a sample, each
 * block adds to it, {@code y + step block(t, y)}, and a head reads a score for each class. With
 * shared weights it is what Euler's method makes of an {@link OdeNet}. Immutable; training gives
 * another one.
 *
 * <pre>{@code
 * ResNet net = ResNet.of(stem, List.of(block, block, block), head);
 * ResNet twin = odeNet.resNet(8);                          // the same weights in 8 Euler steps
 * }</pre>
 *
 * <p>The fields of a sample are {@code x}, of the shape that the stem takes, and {@code class}, a
 * number counted from 0. The parameters are the members {@code stem}, {@code blocks.0}, {@code
 * blocks.1}, ... (or {@code block} for shared weights) and {@code head}.
 */
public final class ResNet implements Trainable<ResNet> {
  private final Parts parts;
  private final double step;
  private final Optional<Parameters> values;
  private final ClassScores scores;

  /** The layers. */
  private record Parts(Layer stem, List<Layer> blocks, Layer head, boolean shared) {
    Parts {
      blocks = List.copyOf(blocks);
    }

    Parameters initial(RandomKey key) {
      Parameters parameters = Parameters.of("stem", stem.initial(key.fold(0)));
      for (int i = 0; i < (shared ? 1 : blocks.size()); i++) {
        RandomKey own = shared ? key.fold(1) : key.fold(1).fold(i);
        parameters = parameters.and(name(i), blocks.get(i).initial(own));
      }
      return parameters.and("head", head.initial(key.fold(2)));
    }

    String name(int i) {
      return shared ? "block" : "blocks." + i;
    }
  }

  private ResNet(Parts parts, double step, Optional<Parameters> values) {
    this.parts = parts;
    this.step = step;
    this.values = values;
    this.scores = new ClassScores((p, x) -> scores(p, x));
  }

  /**
   * {@return a residual network whose blocks have weights of their own}
   *
   * @param stem from a sample to the state
   * @param blocks what is added to the state, in its shape
   * @param head from the state to a score for each class, shape {@code (classes)}
   */
  public static ResNet of(Layer stem, List<Layer> blocks, Layer head) {
    return new ResNet(new Parts(stem, blocks, head, false), 1, Optional.empty());
  }

  /** {@return a residual network that passes the same block, with the same weights, many times} */
  public static ResNet shared(Layer stem, Layer block, int times, Layer head) {
    if (times < 1) {
      throw new IllegalArgumentException(
          "The block is passed once or more, got %s times.".formatted(times));
    }
    List<Layer> blocks = Collections.nCopies(times, block);
    return new ResNet(new Parts(stem, blocks, head, true), 1, Optional.empty());
  }

  /**
   * {@return this network, whose blocks are multiplied by a number before they are added} Block i
   * sees the time i times this number.
   */
  public ResNet withStep(double size) {
    return new ResNet(parts, size, values);
  }

  /** {@return this network with these parameters} */
  @Override
  public ResNet with(Parameters parameters) {
    return new ResNet(
        parts, step, Optional.of(OwnParameters.require("The net", parameters(), parameters)));
  }

  /** {@return the present parameters} */
  public Parameters parameters() {
    return start(RandomKey.of(0));
  }

  @Override
  public Parameters start(RandomKey key) {
    return values.orElseGet(() -> parts.initial(key));
  }

  /** {@return a score for each class, shape {@code (classes)}, for one sample x} */
  public Tracer scores(Traced p, Tracer x) {
    Tracer y = parts.stem.apply(p.atIfPresent("stem"), x);
    for (int i = 0; i < parts.blocks.size(); i++) {
      Traced own = p.atIfPresent(parts.name(i));
      Tracer time = y.constant(i * step);
      y = y.plus(TimeLayer.apply(parts.blocks.get(i), own, time, y).times(step));
    }
    return parts.head.apply(p.atIfPresent("head"), y);
  }

  /**
   * {@return a score for each class, shape {@code (samples, classes)}}
   *
   * @param x samples along the first axis
   */
  public Tensor scores(Tensor x) {
    return scores.of(parameters(), x);
  }

  /** {@return the class with the largest score of each sample; they lie along the first axis} */
  public int[] classify(Tensor x) {
    return scores.classes(parameters(), x);
  }

  /** {@return the share of these samples whose class has the largest score, from 0 to 1} */
  public double accuracy(Dataset samples) {
    return scores.accuracy(parameters(), samples);
  }

  /**
   * Writes this net to a {@code .safetensors} file, for {@link SavedClassifier#load}: a tensor per
   * parameter, everything else as JSON in its remarks.
   *
   * @param sample the shape of one sample, such as {@code Shape.of(64)}
   * @throws IllegalArgumentException if something of it is Java code that no file can hold
   * @throws odeum.file.FileException if the file cannot be written
   */
  public void save(Path file, Shape sample) {
    SavedClassifier.write(file, parameters(), sample, this::scores, List.of(), List.of());
  }

  @Override
  public Objective objective() {
    return scores.objective();
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("net", toString());
    facts.put("loss", "cross entropy");
    return facts;
  }

  @Override
  public String toString() {
    return "ResNet %s, %s blocks, %s, %s parameters"
        .formatted(parts.stem, parts.blocks.size(), parts.head, parameters().size());
  }
}
