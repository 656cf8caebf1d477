package odeum.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import odeum.adjoint.CostedSolve;
import odeum.graph.Tracer;
import odeum.model.OdeNet;
import odeum.model.ResNet;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Attack;
import odeum.train.Batch;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Drawn;
import odeum.train.Losses;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Schedule;
import odeum.train.Sgd;
import odeum.train.Trainable;

/**
 * How much of a disturbance the nets for handwritten digits stand: a residual net, an ODE-Net, the
 * same trained on noisy images, and one that is trained to come to rest (TisODE). A line of JSON
 * for each net and seed. The arguments are the file of images, the number of epochs, the names of
 * the nets with commas between them, and the seeds.
 */
final class Robustness {
  private static final int BATCH = 64;
  private static final int STEPS = DigitsNet.TRAINING / BATCH;
  private static final int DRAWS = 5;

  /** The standard deviation of the noise on training images, and the weight of the rest. */
  private static final double NOISE = 75 / 255.0;

  private static final double REST = 0.01;

  private final Dataset training;
  private final Dataset test;
  private final int epochs;

  private Robustness(Dataset digits, int epochs) {
    this.training = digits.select(IntStream.range(0, DigitsNet.TRAINING).toArray());
    this.test = digits.select(IntStream.range(DigitsNet.TRAINING, digits.size()).toArray());
    this.epochs = epochs;
  }

  public static void main(String[] args) throws IOException {
    Dataset digits = DigitsNet.read(Path.of(args[0]));
    Robustness robustness = new Robustness(digits, Integer.parseInt(args[1]));
    for (String seed : Arrays.asList(args).subList(3, args.length)) {
      for (String net : args[2].split(",")) {
        System.out.println(robustness.run(net, Integer.parseInt(seed)));
      }
    }
  }

  private String run(String name, int seed) {
    RandomKey key = RandomKey.of(seed);
    return switch (name) {
      case "resnet" -> {
        ResNet net = DigitsNet.resNet();
        Parameters p = train(net, net.objective(), training, key);
        yield line(name, seed, net.objective(), p, net.with(p)::accuracy);
      }
      case "odenet" -> {
        OdeNet net = DigitsNet.odeNet();
        yield line(name, seed, net, train(net, net.objective(), training, key));
      }
      case "noisy" -> {
        OdeNet net = DigitsNet.odeNet();
        Dataset noisy = training.and("noise", Shape.of(64), Drawn.normal());
        yield line(name, seed, net, train(net, noisy(net), noisy, key));
      }
      case "tisode" -> {
        OdeNet net = DigitsNet.autonomous();
        yield line(name, seed, net, train(net, resting(net), training, key));
      }
      default -> throw new IllegalArgumentException("There is no net '" + name + "'.");
    };
  }

  private static Objective noisy(OdeNet net) {
    return (p, s) -> {
      Tracer x = s.get("x").plus(s.get("noise").times(NOISE)).clamp(0, 1);
      return Losses.crossEntropy(net.scores(p, x), s.get("class"));
    };
  }

  /** Besides, the way of the state in a further span as long as the first one. */
  private static Objective resting(OdeNet net) {
    CostedSolve further = CostedSolve.of(net.field(), net.integrator(), net.adjoint());
    return (p, s) -> {
      Tracer end = net.flow(p, net.stem(p, s.get("x")));
      Tracer span = end.constant(Tensor.vector(net.end(), 2 * net.end()));
      Tracer rest = further.unrest(p.at("block"), end, span);
      return Losses.crossEntropy(net.head(p, end), s.get("class")).plus(rest.times(REST));
    };
  }

  /** As in the peers' run: the learning rate falls to a tenth at epoch 18 of 30, again at 26. */
  private Parameters train(Trainable<?> net, Objective loss, Dataset data, RandomKey key) {
    int first = Math.ceilDiv(18 * epochs, 30) * STEPS;
    int second = Math.ceilDiv(51 * epochs, 60) * STEPS;
    Sgd sgd = Sgd.of(0.1).withMomentum(0.9);
    Optimizer.State state =
        sgd.withSchedule(Schedule.multistep(0.1, first, second)).start(net.start(key.fold(0)));
    Compiled compiled = loss.compile(state.parameters(), data);
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (Batch batch : data.epoch(BATCH, key.fold(1).fold(epoch))) {
        // The rest, smaller than a batch, is dropped.
        if (batch.size() == BATCH) {
          state = state.step(compiled.at(state.parameters(), batch).gradient());
        }
      }
      System.err.printf(Locale.ROOT, "epoch %d of %d%n", epoch + 1, epochs);
    }
    return state.parameters();
  }

  private String line(String name, int seed, OdeNet net, Parameters p) {
    return line(name, seed, net.objective(), p, net.with(p)::accuracy);
  }

  private String line(
      String name, int seed, Objective loss, Parameters p, ToDoubleFunction<Dataset> accuracy) {
    StringJoiner members = new StringJoiner(", ", "{", "}");
    members.add("\"net\": \"" + name + "\"").add("\"seed\": " + seed);
    members.add("\"parameters\": " + p.size());
    member(members, "clean", accuracy.applyAsDouble(test));
    for (int share : new int[] {50, 75, 100}) {
      member(members, "noise " + share, underNoise(share / 255.0, accuracy));
    }
    for (String size : List.of(".05", ".10", ".15", ".30")) {
      Attack once = Attack.fastGradient(Double.parseDouble(size));
      member(members, "FGSM " + size, accuracy.applyAsDouble(on(once, loss, p)));
    }
    Attack many = Attack.projectedGradient(0.1, 0.025, 10);
    member(members, "PGD .10", accuracy.applyAsDouble(on(many, loss, p)));
    return members.toString();
  }

  private static void member(StringJoiner members, String name, double share) {
    members.add(String.format(Locale.ROOT, "\"%s\": %.4f", name, share));
  }

  private Dataset on(Attack attack, Objective loss, Parameters p) {
    return attack.within(0, 1).on(test, "x", loss, p, RandomKey.of(0));
  }

  private double underNoise(double sd, ToDoubleFunction<Dataset> accuracy) {
    Attack attack = Attack.gaussian(sd).within(0, 1);
    return IntStream.range(0, DRAWS)
        .mapToDouble(i -> accuracy.applyAsDouble(attack.on(test, "x", RandomKey.of(i))))
        .average()
        .orElseThrow();
  }
}
