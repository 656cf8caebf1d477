package odeum.adjoint;

import odeum.term.OdeTerm;

/**
 * Finds what a step of a reversible method started with, its state and the rows it took over, when
 * the step is asked for again.
 */
sealed interface RowSource permits CheckpointedRows, ReconstructedRows {
  /** Forgets the last solve and prepares for one of a term. */
  void begin(OdeTerm term);

  /**
   * A step was accepted.
   *
   * @param rows what it started with
   */
  void accepted(int step, double[] rows, boolean fresh);

  /**
   * Finds what a step started with.
   *
   * @param current the step asked for before, or less than 0
   * @param rows what that one started with; replaced
   */
  void find(int step, int current, double[] rows);
}
