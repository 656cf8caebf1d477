package odeum.adjoint;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import odeum.solver.CommonsSolver;
import odeum.solver.Integrator;
import odeum.solver.ReversibleMethod;
import odeum.tensor.Names;

/** How the derivative of a solve is computed. */
public sealed interface Adjoint {
  /**
   * {@return discretise, then optimise} Keeps every step and goes back through the very operations
   * of the solver, so the gradient is that of the computed numbers. The sequence of step sizes
   * counts as given. Memory grows with the number of steps.
   */
  static Adjoint direct() {
    return new Direct();
  }

  /**
   * {@return the direct adjoint, bit for bit, in less memory} It keeps some states, at most twice
   * the square root of the number of steps, and takes each step once more on the way back.
   */
  static Adjoint checkpointed() {
    return new Checkpointed(OptionalInt.empty());
  }

  /**
   * {@return the direct adjoint, bit for bit, keeping at most so many states} The fewer they are,
   * the more often steps are taken again. Besides there are the stages of one step, and the time
   * and the size of every step that a tolerance chose.
   *
   * @param states at least 1
   */
  static Adjoint checkpointed(int states) {
    return new Checkpointed(OptionalInt.of(states));
  }

  /**
   * {@return the direct adjoint in constant memory, of solvers whose steps can be undone} It keeps
   * what the first and the last step started with, and goes back from there by the solver's own
   * steps, so the gradient is that of the computed numbers up to rounding. Steps of one size take
   * no memory; of steps that a tolerance chose, it keeps when each was taken. Zhuang et al. 2021,
   * arXiv:2102.04668; Kidger et al. 2021, arXiv:2105.13493.
   */
  static Adjoint reversible() {
    return new Reversible();
  }

  /**
   * {@return optimise, then discretise: the continuous adjoint} Keeps the saved states only and
   * solves the adjoint equation backward in time, beginning anew at each saved state. Works with
   * every solver, black boxes too. The gradient is the true one up to the tolerance of both solves,
   * not that of the computed numbers. Chen et al. 2018, arXiv:1806.07366.
   */
  static Backsolve backsolve() {
    return new Backsolve(Optional.empty(), false);
  }

  /**
   * {@return the continuous adjoint with an integrator of its own for the way back} What that one
   * saves, its events and its listeners do not count.
   */
  static Backsolve backsolve(Integrator integrator) {
    return new Backsolve(Optional.of(integrator), false);
  }

  /**
   * {@return forward sensitivities} Solves the variational equations beside the state, with its
   * steps, in the direction of time: the memory does not depend on the number of steps, the work
   * grows with the number of parameters and initial values. Its gradient can be differentiated
   * again. By times it is the derivative of the true solution, by all else that of the computed
   * numbers. Dickinson and Gelinas 1976, doi:10.1016/0021-9991(76)90007-3.
   */
  static Adjoint forward() {
    return new Forward();
  }

  /** {@return what fits the solver and the size of the problem; {@link Auto#choose} says why} */
  static Auto auto() {
    return new Auto();
  }

  /** {@return the name users type} */
  String name();

  /** {@return the names of all adjoints} */
  static List<String> names() {
    return List.of("auto", "direct", "checkpointed", "backsolve", "reversible", "forward");
  }

  /** {@return the adjoint of this name, with its defaults} */
  static Adjoint named(String name) {
    return switch (name) {
      case "direct" -> direct();
      case "checkpointed" -> checkpointed();
      case "backsolve" -> backsolve();
      case "reversible" -> reversible();
      case "forward" -> forward();
      case "auto" -> auto();
      default -> throw new IllegalArgumentException(unknown(name));
    };
  }

  private static String unknown(String name) {
    return String.format(
        Locale.ROOT,
        "Unknown adjoint '%s'. %sKnown: %s.",
        name,
        Names.nearest(name, names()).map(near -> "Did you mean '" + near + "'? ").orElse(""),
        String.join(", ", names()));
  }

  /** Discretise, then optimise, with every step kept. */
  record Direct() implements Adjoint {
    @Override
    public String name() {
      return "direct";
    }
  }

  /**
   * Discretise, then optimise, with some states kept.
   *
   * @param states the most states, or empty for at most twice the square root of the number of
   *     steps
   */
  record Checkpointed(OptionalInt states) implements Adjoint {
    public Checkpointed {
      if (states.isPresent() && states.getAsInt() < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "The checkpointed adjoint keeps at least 1 state, got %d.",
                states.getAsInt()));
      }
    }

    @Override
    public String name() {
      return "checkpointed";
    }
  }

  /** Discretise, then optimise, with the steps undone. */
  record Reversible() implements Adjoint {
    @Override
    public String name() {
      return "reversible";
    }
  }

  /**
   * Optimise, then discretise.
   *
   * @param integrator what solves backward, or empty for the one that solved forward
   * @param seminorm whether the cotangents of the parameters are left out of the step control
   */
  record Backsolve(Optional<Integrator> integrator, boolean seminorm) implements Adjoint {
    /**
     * {@return this adjoint choosing its steps by the state and its cotangent only} The cotangents
     * of the parameters are integrals that nothing depends on, so fewer steps do. Kidger et al.
     * 2021, arXiv:2009.09457. Without, the error is the root mean square over all of them.
     */
    public Backsolve withSeminorm() {
      return new Backsolve(integrator, true);
    }

    @Override
    public String name() {
      return "backsolve";
    }
  }

  /** Sensitivities, forward in time. */
  record Forward() implements Adjoint {
    @Override
    public String name() {
      return "forward";
    }
  }

  /** What fits. */
  record Auto() implements Adjoint {
    /** So many values of a state are too many to keep with all stages of all steps. */
    private static final int LARGE = 50_000;

    /**
     * An adjoint and why it was chosen.
     *
     * @param adjoint one that is not {@code auto}
     * @param why a part of a sentence
     */
    public record Choice(Adjoint adjoint, String why) {}

    @Override
    public String name() {
      return "auto";
    }

    /**
     * {@return the adjoint for a solve}
     *
     * @param size how many values the state has, of all samples that share their steps
     */
    public Choice choose(Integrator integrator, int size) {
      if (integrator.solver() instanceof CommonsSolver box) {
        return new Choice(backsolve(), box.name() + " does not show its steps");
      }
      if (size >= LARGE && integrator.solver() instanceof ReversibleMethod) {
        return new Choice(reversible(), "the state is large, and the steps can be undone");
      }
      return size >= LARGE
          ? new Choice(checkpointed(), "derives the very steps, and keeps few of the large states")
          : new Choice(direct(), "derives the very steps that were taken");
    }
  }
}
