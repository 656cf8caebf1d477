package odeum.adjoint;

import java.util.List;
import odeum.graph.ImplicitFunction;

/** A derivative of a solve, which has none of its own: recorded steps are gone through once. */
sealed interface FirstDerivative extends ImplicitFunction
    permits StatesPullback, StatesPushforward, EventPullback, EventPushforward {
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
        "The direct adjoint has no second derivatives: a gradient through a solve cannot itself be"
            + " differentiated.");
  }
}
