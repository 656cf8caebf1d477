package odeum.simd;

/**
 * The stages of an explicit Runge-Kutta step of many small systems side by side, as loops over the
 * systems. Arrays as in {@link StageLoops}; the bits are those of stages computed one by one.
 */
public interface LaneStages {
  /**
   * Computes the stages after the first and the states at the end.
   *
   * @param p the parameters: one for all, or {@code (parameters, width)}
   * @param t the starts
   * @param end the ends
   * @param h the steps
   * @param y the states at the start
   * @param k the stages, of which the first is known
   * @param stage receives the states at the last stage that is not the closing one
   * @param y1 receives the states at the end
   */
  void compute(
      double[] p,
      double[] t,
      double[] end,
      double[] h,
      double[] y,
      double[] k,
      double[] stage,
      double[] y1);
}
