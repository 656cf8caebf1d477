package odeum.solver;

/**
 * The work of a solve.
 *
 * @param accepted steps taken
 * @param rejected steps tried and repeated with a smaller size
 * @param evaluations evaluations of the vector field
 */
public record Statistics(int accepted, int rejected, long evaluations) {}
