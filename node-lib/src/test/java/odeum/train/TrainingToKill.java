package odeum.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** A training that keeps its state in a file after every epoch, as a program to be killed. */
public final class TrainingToKill {
  static final int STEPS = 25;
  static final int ITERATIONS = 15;
  private static final Mlp NET = Mlp.of(2, 8, 1);
  private static final Fit FIT =
      new Fit(
          (p, s) -> NET.apply(p, s.get("x")).minus(s.get("y")).square().mean(),
          NET.initial(RandomKey.of(1)),
          Limits.NONE);

  private TrainingToKill() {}

  static Dataset data(int samples) {
    Tensor x = RandomKey.of(3).uniform(Shape.of(samples, 2), -1, 1);
    double[] y = new double[samples];
    for (int i = 0; i < y.length; i++) {
      y[i] = x.get(i, 0) * x.get(i, 1);
    }
    return Dataset.samples("x", x).and("y", Tensor.of(Shape.of(samples, 1), y));
  }

  static Trainer<Parameters> trainer() {
    return Trainer.of(FIT)
        .optimizer(Adam.of(0.02).withSchedule(Schedule.cosine(0.2)))
        .epochs(STEPS)
        .then(Lbfgs.of().withTolerance(0), ITERATIONS)
        .batch(7)
        .validation(0.2)
        .seed(-5);
  }

  /** {@return every number a training gives but the time it took} */
  static String bits(TrainingResult<Parameters> result) {
    long hash = 1;
    for (Tensor numbers :
        new Tensor[] {
          result.best().flat(),
          Tensor.vector(result.losses()),
          Tensor.vector(result.validationLosses()),
          Tensor.vector(result.history().bests()),
          result.state().stage().position()
        }) {
      for (int i = 0; i < numbers.size(); i++) {
        hash = 31 * hash + Double.doubleToRawLongBits(numbers.at(i));
      }
    }
    return result.message() + " " + Long.toHexString(hash);
  }

  /**
   * Trains with a checkpoint per epoch, from the checkpoint if there is one. Prints a line per
   * epoch, and the bits at the end. Two epochs after that of the second argument it waits.
   */
  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    int last = Integer.parseInt(args[1]) + 2;
    Trainer<Parameters> trainer =
        trainer()
            .checkpoint(1, file)
            .listener(
                progress -> {
                  System.out.println("epoch " + progress.epoch());
                  System.out.flush();
                  if (progress.epoch() == last) {
                    LockSupport.parkNanos(Duration.ofMinutes(5).toNanos());
                  }
                });
    if (Files.exists(file)) {
      trainer = trainer.resume(file);
    }
    System.out.println(bits(trainer.run(data(23))));
  }
}
