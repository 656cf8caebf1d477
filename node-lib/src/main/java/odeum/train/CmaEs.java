package odeum.train;

import odeum.tensor.RandomKey;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;

/**
 * The evolution strategy CMA-ES (Hansen and Ostermeier 2001, doi:10.1162/106365601750190398), by
 * Apache Commons Math: random points around the best ones, in a shape that it learns. It needs no
 * gradient and leaves poor minima, for some hundred parameters at most. An epoch is a generation;
 * with more than 200 parameters the shape has no correlations.
 *
 * @param sigma how far the first points are spread, relative to the start values that are numbers,
 *     absolute for others
 * @param population how many points a generation has; 0 for 4 + 3 log(parameters)
 */
public record CmaEs(double sigma, int population) implements WholeBatchOptimizer {
  private static final int MOST_CORRELATED = 200;

  public CmaEs {
    Require.that(sigma > 0, "The spread must be positive, got %s.", sigma);
    Require.that(
        population == 0 || population > 3,
        "A generation has at least 4 points (0 chooses), got %s.",
        population);
  }

  /** {@return the method with a spread of 0.3 and as many points as usual} */
  public static CmaEs of() {
    return new CmaEs(0.3, 0);
  }

  /** {@return this method with another spread of the first points} */
  public CmaEs withSigma(double spread) {
    return new CmaEs(spread, population);
  }

  /** {@return this method with more or fewer points in a generation} */
  public CmaEs withPopulation(int points) {
    return new CmaEs(sigma, points);
  }

  @Override
  public String name() {
    return "cmaes";
  }

  TrainingEnd minimize(Target target, double[] start, int generations, RandomKey key) {
    int n = start.length;
    int points =
        population > 0 ? population : 4 + (int) Math.floor(3 * StrictMath.log(Math.max(1, n)));
    double[] spread = new double[n];
    java.util.Arrays.fill(spread, sigma);
    Generations watch = new Generations(target, points, n);
    new CMAESOptimizer(
            generations,
            Double.NEGATIVE_INFINITY,
            true,
            n > MOST_CORRELATED ? generations : 0,
            0,
            new KeyedGenerator(key),
            false,
            null)
        .optimize(
            MaxEval.unlimited(),
            GoalType.MINIMIZE,
            new ObjectiveFunction(watch::value),
            new InitialGuess(start),
            SimpleBounds.unbounded(n),
            new CMAESOptimizer.Sigma(spread),
            new CMAESOptimizer.PopulationSize(points));
    return watch.done < generations ? TrainingEnd.CONVERGED : TrainingEnd.FINISHED;
  }

  /** Notes a generation when all its points were tried. The very first point is the start. */
  private static final class Generations {
    // Commons Math computes with the range of the values, which must stay finite.
    private static final double WORST = 1e300;

    /** After so many generations in a row without any loss there is nothing to learn from. */
    private static final int MOST_LOST = 10;

    private final Target target;
    private final int points;
    private final double[] best;
    private double least = Double.POSITIVE_INFINITY;
    private int tried = -1;
    private int done;
    private int lost;

    Generations(Target target, int points, int n) {
      this.target = target;
      this.points = points;
      this.best = new double[n];
    }

    double value(double[] x) {
      double value = Math.min(WORST, target.value(x));
      tried++;
      if (tried == 0) {
        return value;
      }
      if (value < least || tried == 1) {
        least = value;
        System.arraycopy(x, 0, best, 0, best.length);
      }
      if (tried == points) {
        lost = least == WORST ? lost + 1 : 0;
        if (lost == MOST_LOST) {
          throw target.notFinite(x);
        }
        done++;
        target.accept(best, least);
        least = Double.POSITIVE_INFINITY;
        tried = 0;
      }
      return value;
    }
  }
}
