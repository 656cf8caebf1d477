package odeum.train;

import java.util.Arrays;
import java.util.List;
import odeum.simd.Elementary;
import odeum.tensor.Names;

/**
 * How the learning rate changes from step to step: a factor. Most schedules spread over the whole
 * training, so they never need its length: a {@link Trainer} knows it.
 */
public sealed interface Schedule {
  /**
   * {@return what the learning rate is multiplied by}
   *
   * @param step how many steps were done before this one
   * @param steps how many steps there will be in all; 0 if that is not known
   */
  double factor(int step, int steps);

  /** {@return whether the factor depends on how many steps there will be} */
  default boolean needsLength() {
    return true;
  }

  /** {@return a learning rate that never changes} */
  static Schedule constant() {
    return new Constant();
  }

  /** {@return half a cosine wave down to zero (Loshchilov and Hutter 2016, arXiv:1608.03983)} */
  static Schedule cosine() {
    return cosine(0);
  }

  /** {@return a linear rise over this share of the steps, then half a cosine wave down to zero} */
  static Schedule cosine(double warmUp) {
    return new Cosine(warmUp, 0);
  }

  /** {@return a decay by the same ratio each step, which ends at this factor} */
  static Schedule exponential(double end) {
    return new Exponential(end);
  }

  /** {@return a straight line from one factor to another} */
  static Schedule linear(double start, double end) {
    return new Linear(start, end);
  }

  /** {@return a multiplication by a factor after every so many steps} */
  static Schedule step(int every, double factor) {
    return new Step(every, factor);
  }

  /** {@return a multiplication by a factor after each of these numbers of steps} */
  static Schedule multistep(double factor, int... after) {
    return new Multistep(factor, Arrays.stream(after).boxed().toList());
  }

  /** {@return the one-cycle policy with PyTorch's settings: 30 % up from 1/25, down to 4e-6} */
  static Schedule oneCycle() {
    return new OneCycle(0.3, 25, 1e4);
  }

  /** {@return the schedule of a name used in the notebook, with settings that suit most} */
  static Schedule named(String name) {
    List<String> known = names();
    return switch (name) {
      case "constant" -> constant();
      case "cosine" -> cosine();
      case "exponential" -> exponential(0.01);
      case "linear" -> linear(1, 0);
      case "one-cycle" -> oneCycle();
      default ->
          throw new IllegalArgumentException(
              "There is no schedule '%s'. Known: %s.%s"
                  .formatted(
                      name,
                      String.join(" ", known),
                      Names.nearest(name, known).map(" Did you mean '%s'?"::formatted).orElse("")));
    };
  }

  /** {@return the names used in the notebook} */
  static List<String> names() {
    return List.of("constant", "cosine", "exponential", "linear", "one-cycle");
  }

  /** Always 1. */
  record Constant() implements Schedule {
    @Override
    public double factor(int step, int steps) {
      return 1;
    }

    @Override
    public boolean needsLength() {
      return false;
    }
  }

  /**
   * A linear rise, then half a cosine wave.
   *
   * @param warmUp share of the steps in which it rises, in [0, 1)
   * @param end the factor after the last step
   */
  record Cosine(double warmUp, double end) implements Schedule {
    public Cosine {
      Require.that(warmUp >= 0 && warmUp < 1, "The warm-up is a share in [0, 1), got %s.", warmUp);
      Require.that(end >= 0 && end <= 1, "The end is a factor in [0, 1], got %s.", end);
    }

    @Override
    public double factor(int step, int steps) {
      double rise = warmUp * steps;
      return step + 1 < rise
          ? (step + 1) / rise
          : between(1, end, Math.max(0, step - rise) / (steps - rise));
    }
  }

  /**
   * {@code end^(step/steps)}.
   *
   * @param end the factor after the last step
   */
  record Exponential(double end) implements Schedule {
    public Exponential {
      Require.that(end > 0, "The end must be a positive factor, got %s.", end);
    }

    @Override
    public double factor(int step, int steps) {
      return Elementary.pow(end, (double) step / steps);
    }
  }

  /**
   * A straight line.
   *
   * @param start the first factor
   * @param end the factor after the last step
   */
  record Linear(double start, double end) implements Schedule {
    public Linear {
      Require.that(start >= 0, "The start cannot be negative, got %s.", start);
      Require.that(end >= 0, "The end cannot be negative, got %s.", end);
    }

    @Override
    public double factor(int step, int steps) {
      return start + (end - start) * Math.min(1, (double) step / steps);
    }
  }

  /**
   * {@code factor^(step/every)}, rounded down.
   *
   * @param every how many steps have the same learning rate
   * @param factor what it is multiplied by then
   */
  record Step(int every, double factor) implements Schedule {
    public Step {
      Require.that(every > 0, "The learning rate changes after one step or more, got %s.", every);
      Require.that(factor > 0, "The factor must be positive, got %s.", factor);
    }

    @Override
    public double factor(int step, int steps) {
      return Steps.power(factor, step / every);
    }

    @Override
    public boolean needsLength() {
      return false;
    }
  }

  /**
   * A multiplication at each milestone.
   *
   * @param factor what the learning rate is multiplied by
   * @param after after how many steps, each time
   */
  record Multistep(double factor, List<Integer> after) implements Schedule {
    public Multistep {
      after = List.copyOf(after);
      Require.that(factor > 0, "The factor must be positive, got %s.", factor);
    }

    @Override
    public double factor(int step, int steps) {
      return Steps.power(factor, (int) after.stream().filter(at -> at <= step).count());
    }

    @Override
    public boolean needsLength() {
      return false;
    }
  }

  /**
   * The one-cycle policy (Smith and Topin 2017, arXiv:1708.07120) with two half cosine waves, as
   * PyTorch's OneCycleLR has it, without its cycle of momentum: the learning rate is the largest.
   *
   * @param rise share of the steps in which it rises
   * @param startDivisor it starts at 1 over this
   * @param endDivisor it ends at the start over this
   */
  record OneCycle(double rise, double startDivisor, double endDivisor) implements Schedule {
    public OneCycle {
      Require.that(rise > 0 && rise < 1, "The rise is a share in (0, 1), got %s.", rise);
      Require.that(startDivisor > 0, "The start's divisor must be positive, got %s.", startDivisor);
      Require.that(endDivisor > 0, "The end's divisor must be positive, got %s.", endDivisor);
    }

    @Override
    public double factor(int step, int steps) {
      double top = Math.max(0, rise * steps - 1);
      double start = 1 / startDivisor;
      return step <= top && top > 0
          ? between(start, 1, step / top)
          : between(1, start / endDivisor, (step - top) / Math.max(1, steps - 1 - top));
    }
  }

  /** Half a cosine wave from one value to another. */
  private static double between(double from, double to, double share) {
    return to + (from - to) * 0.5 * (1 + Elementary.cos(Math.PI * Math.clamp(share, 0, 1)));
  }
}
