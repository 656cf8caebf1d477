package odeum.adjoint;

import java.util.List;
import odeum.graph.ImplicitFunction;

/** A derivative of a solve, which has none of its own. */
sealed interface FirstDerivative extends ImplicitFunction
    permits StatesPullback,
        StatesPushforward,
        HybridPullback,
        HybridPushforward,
        BacksolvePullback,
        BacksolvePushforward {
  @Override
  default ImplicitFunction pullback(List<Integer> wanted) {
    throw noSecondDerivative();
  }

  @Override
  default ImplicitFunction pushforward() {
    throw noSecondDerivative();
  }

  private static UnsupportedOperationException noSecondDerivative() {
    return new UnsupportedOperationException(
        "A gradient through a solve cannot itself be differentiated with this adjoint. Take"
            + " Adjoint.forward(), whose gradient can, once: nothing has third derivatives.");
  }
}
