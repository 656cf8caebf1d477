package odeum.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import odeum.model.ContinuousNormalizingFlow;
import odeum.model.FlowMatching;
import odeum.nn.ConcatSquash;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.AdamW;
import odeum.train.Dataset;
import odeum.train.Schedule;
import odeum.train.Trainer;
import odeum.train.TrainingResult;

/**
 * Trains a flow of handwritten digits with their class as its context, by flow matching, from one
 * seed after the other. A line of JSON per seed: how likely the test images are by the exact
 * divergence, in nats and in bits for each of 64 pixels, as upper bounds, and how often the digit
 * that makes an image likeliest is the right one; and the same of {@link DigitsNormal normal
 * distributions}. The arguments are the file of images, the number of steps and the seeds.
 */
final class DigitsFlowQuality {
  static final int LEVELS = 17;
  static final double SQUEEZE = 0.01;

  private static final int PIXELS = 64;
  private static final int CLASSES = 10;
  private static final int WIDTH = 512;
  private static final int BATCH = 64;
  private static final double RATE = 3e-3;
  private static final double DECAY = 0.3;
  private static final int BATCHES = Math.ceilDiv(DigitsNet.TRAINING, BATCH);

  /** Images as rows of levels, and their digits. */
  record Images(Tensor levels, int[] digits) {
    static Images of(Dataset rows) {
      double[] levels = rows.all().field("x").toArray();
      Arrays.setAll(levels, i -> levels[i] * (LEVELS - 1));
      double[] digits = rows.all().field("class").toArray();
      return new Images(
          Tensor.of(Shape.of(rows.size(), PIXELS), levels),
          IntStream.range(0, digits.length).map(i -> (int) digits[i]).toArray());
    }

    Tensor contexts() {
      double[] all = new double[digits.length * CLASSES];
      for (int i = 0; i < digits.length; i++) {
        all[i * CLASSES + digits[i]] = 1;
      }
      return Tensor.of(Shape.of(digits.length, CLASSES), all);
    }
  }

  private final Images training;
  private final Images test;
  private final int steps;

  private DigitsFlowQuality(Dataset digits, int steps) {
    training = Images.of(digits.select(IntStream.range(0, DigitsNet.TRAINING).toArray()));
    int[] rest = IntStream.range(DigitsNet.TRAINING, digits.size()).toArray();
    test = Images.of(digits.select(rest));
    this.steps = steps;
  }

  public static void main(String[] args) throws IOException {
    Dataset digits = DigitsNet.read(Path.of(args[0]));
    DigitsFlowQuality quality = new DigitsFlowQuality(digits, Integer.parseInt(args[1]));
    for (String seed : Arrays.asList(args).subList(2, args.length)) {
      System.out.println(quality.run(Integer.parseInt(seed)));
    }
  }

  private String run(int seed) {
    ContinuousNormalizingFlow flow =
        ContinuousNormalizingFlow.of(ConcatSquash.of(PIXELS, WIDTH, PIXELS).withContext(CLASSES))
            .withLevels(LEVELS, SQUEEZE)
            .withBaseOf(training.levels);
    int epochs = Math.ceilDiv(steps, BATCHES);
    long begin = System.nanoTime();
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    TrainingResult<ContinuousNormalizingFlow> result =
        Trainer.of(FlowMatching.of(flow).fit(training.levels, training.contexts()))
            .optimizer(AdamW.of(RATE).withWeightDecay(DECAY).withSchedule(Schedule.cosine()))
            .batch(BATCH)
            .epochs(epochs)
            .seed(seed)
            .run();
    double seconds = (System.nanoTime() - begin) * 1e-9;
    double thread = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) * 1e-9;
    String trained =
        String.format(
            Locale.ROOT,
            "{\"seed\": %d, \"parameters\": %d, \"steps\": %d, \"loss\": %.4f, \"seconds\": %.0f,"
                + " \"cpu seconds\": %.0f",
            seed,
            result.best().size(),
            epochs * BATCHES,
            result.losses()[epochs - 1],
            seconds,
            thread);
    return trained + measured(result.model()) + baselines() + "}";
  }

  private String measured(ContinuousNormalizingFlow flow) {
    double seen = -mean(flow.logDensity(training.levels, training.contexts()));
    double held = -mean(flow.logDensity(test.levels, test.contexts()));
    double[][] byClass =
        IntStream.range(0, CLASSES)
            .mapToObj(k -> flow.given(oneHot(k)).logDensity(test.levels))
            .toArray(double[][]::new);
    return String.format(
        Locale.ROOT,
        ", \"training nats\": %.3f, \"test nats\": %.3f, \"test bits a pixel\": %.4f,"
            + " \"test accuracy\": %.4f",
        seen,
        held,
        bits(held),
        accuracy(byClass));
  }

  private String baselines() {
    DigitsNormal normal = new DigitsNormal(training, test);
    double one = -mean(normal.one());
    double[][] byClass = normal.byClass();
    double own =
        -IntStream.range(0, test.digits.length)
            .mapToDouble(i -> byClass[test.digits[i]][i])
            .average()
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        ", \"normal nats\": %.3f, \"normal bits a pixel\": %.4f, \"normal by class nats\": %.3f,"
            + " \"normal by class bits a pixel\": %.4f, \"normal by class accuracy\": %.4f",
        one,
        bits(one),
        own,
        bits(own),
        accuracy(byClass));
  }

  private static double[] oneHot(int digit) {
    double[] context = new double[CLASSES];
    context[digit] = 1;
    return context;
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double bits(double nats) {
    return nats / (PIXELS * StrictMath.log(2));
  }

  /**
   * {@return the share of test images that their own digit makes likeliest: all are as frequent}
   */
  private double accuracy(double[][] byClass) {
    long right =
        IntStream.range(0, test.digits.length)
            .filter(
                i ->
                    IntStream.range(0, CLASSES)
                        .allMatch(k -> byClass[k][i] <= byClass[test.digits[i]][i]))
            .count();
    return (double) right / test.digits.length;
  }
}
