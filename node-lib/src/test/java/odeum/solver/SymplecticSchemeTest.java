package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SymplecticSchemeTest {
  private static final double MUTATION = 1e-6;

  static Stream<Arguments> schemes() {
    return Stream.of(
        Arguments.of("symplectic-euler", SymplecticSchemes.EULER, false),
        Arguments.of("verlet", SymplecticSchemes.VERLET, true),
        Arguments.of("ruth3", SymplecticSchemes.RUTH3, false),
        Arguments.of("yoshida4", SymplecticSchemes.YOSHIDA4, true),
        Arguments.of("yoshida6", SymplecticSchemes.YOSHIDA6, true));
  }

  /** A splitting is a partitioned Runge-Kutta method: its trees alternate in colour. */
  private static double residual(int order, double[] drifts, double[] kicks) {
    int stages = kicks.length;
    double[][] position = new double[stages][stages];
    double[][] momentum = new double[stages][stages];
    for (int i = 0; i < stages; i++) {
      System.arraycopy(drifts, 0, position[i], 0, i);
      System.arraycopy(kicks, 0, momentum[i], 0, i + 1);
    }
    OrderConditions.Edge edges =
        (parent, child, _) -> parent == child ? null : child == 0 ? position : momentum;
    return OrderConditions.residual(order, new double[][] {drifts, kicks}, edges, 1);
  }

  private static double[] drifts(SymplecticScheme scheme) {
    double[] drifts = new double[scheme.stages()];
    for (int i = 0; i < drifts.length; i++) {
      drifts[i] = scheme.drift(i);
    }
    return drifts;
  }

  private static double[] kicks(SymplecticScheme scheme) {
    double[] kicks = new double[scheme.stages()];
    for (int i = 0; i < kicks.length; i++) {
      kicks[i] = scheme.kick(i);
    }
    return kicks;
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void hasItsOrderAndNoMore(String name, SymplecticScheme scheme, boolean reversible) {
    assertEquals(0, residual(scheme.order(), drifts(scheme), kicks(scheme)), 2e-15);
    assertTrue(residual(scheme.order() + 1, drifts(scheme), kicks(scheme)) > 1e-4, name);
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void theTreesCatchAMutatedCoefficient(String name, SymplecticScheme scheme, boolean reversible) {
    for (int i = 1; i < scheme.stages() && scheme.order() > 1; i++) {
      double[] kicks = kicks(scheme);
      kicks[i] += MUTATION;
      kicks[i - 1] -= MUTATION;
      double seen = residual(scheme.order(), drifts(scheme), kicks);
      assertTrue(seen > MUTATION / 100, () -> name + ": " + seen);
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void knowsWhetherItRunsBackOnItsTrack(String name, SymplecticScheme scheme, boolean reversible) {
    assertEquals(reversible, scheme.isReversible(), name);
    double[] there = {0.8, 0.3};
    double before = energy(there);
    step(scheme, there, 0.4);
    assertTrue(Math.abs(energy(there) - before) > 1e-12);
    step(scheme, there, -0.4);
    double miss = Math.abs(there[0] - 0.8) + Math.abs(there[1] - 0.3);
    assertEquals(reversible, miss < 1e-14, () -> name + ": " + miss);
  }

  private static double energy(double[] state) {
    return 0.5 * state[1] * state[1] - StrictMath.cos(state[0]);
  }

  /** A pendulum; its forces do not depend on time. */
  private static void step(SymplecticScheme scheme, double[] state, double h) {
    for (int i = 0; i < scheme.stages(); i++) {
      state[1] -= scheme.kick(i) * h * StrictMath.sin(state[0]);
      state[0] += scheme.drift(i) * h * state[1];
    }
  }

  /** Numbers computed apart: energy error and state after 10,000 steps of the oscillator. */
  @Test
  void verletKeepsTheEnergyOfAnOscillator() {
    SymplecticScheme verlet = SymplecticSchemes.VERLET;
    double q = 1;
    double p = 0;
    double lowest = 0;
    double highest = 0;
    for (int n = 0; n < 10_000; n++) {
      for (int i = 0; i < verlet.stages(); i++) {
        p -= verlet.kick(i) * 0.1 * q;
        q += verlet.drift(i) * 0.1 * p;
      }
      double error = 0.5 * (p * p + q * q) - 0.5;
      lowest = Math.min(lowest, error);
      highest = Math.max(highest, error);
    }
    assertEquals(0.179151620759, q, 1e-9);
    assertTrue(lowest >= -1.25e-3 && highest <= 2e-12, lowest + " to " + highest);
  }

  /** q' = p + 2 t, p' = -q + t^3: both parts depend on time, each by its own clock. */
  @ParameterizedTest
  @MethodSource("schemes")
  void keepsItsOrderWhereTheForcesDependOnTime(
      String name, SymplecticScheme scheme, boolean reversible) {
    int steps = scheme.order() > 4 ? 16 : 100;
    double rate = Convergence.rate(driven(scheme, steps), driven(scheme, 2 * steps));
    assertEquals(scheme.order(), rate, 0.15, name);
  }

  /** The error at t = 2 against the closed form with q = a cos t + b sin t + t^3 - 6 t + 2. */
  private static double driven(SymplecticScheme scheme, int steps) {
    double h = 2.0 / steps;
    double q = 1;
    double p = 0;
    for (int n = 0; n < steps; n++) {
      double t = n * h;
      for (int i = 0; i < scheme.stages(); i++) {
        double force = t + scheme.kickTime(i) * h;
        p += scheme.kick(i) * h * (-q + force * force * force);
        q += scheme.drift(i) * h * (p + 2 * (t + scheme.driftTime(i) * h));
      }
    }
    double exact = -StrictMath.cos(2) + 6 * StrictMath.sin(2) + 8 - 12 + 2;
    return Math.abs(q - exact);
  }

  @Test
  void theLastForceIsTheFirstOfTheNextStep() {
    assertTrue(SymplecticSchemes.VERLET.isFirstSameAsLast());
    assertTrue(SymplecticSchemes.YOSHIDA6.isFirstSameAsLast());
    assertTrue(!SymplecticSchemes.RUTH3.isFirstSameAsLast());
  }

  @Test
  void refusesCoefficientsThatDoNotAddUp() {
    refused("drifts must sum to 1", new double[] {0.5, 0.4}, new double[] {0.5, 0.5});
    refused("kicks must sum to 1", new double[] {0.5, 0.5}, new double[] {0.5, 0.6});
    refused("as many drifts as kicks", new double[] {1}, new double[] {0.5, 0.5});
  }

  private static void refused(String why, double[] drifts, double[] kicks) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> SymplecticScheme.of(2, drifts, kicks))
            .getMessage();
    assertTrue(message.contains(why), message);
  }
}
