package odeum.adjoint;

/** When the accepted steps of one solve were taken. */
interface TimedSteps {
  /** How many steps there are. */
  int steps();

  /** When a step starts. */
  double time(int step);

  /** The size of a step, negative backward in time. */
  double length(int step);
}
