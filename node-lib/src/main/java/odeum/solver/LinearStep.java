package odeum.solver;

/** A step so short that a straight line is exact. */
record LinearStep(double start, double end, double[] before, double[] slope) implements DenseStep {
  @Override
  public double step() {
    return end - start;
  }

  @Override
  public double[] after() {
    double[] after = new double[before.length];
    interpolate(end, after);
    return after;
  }

  @Override
  public void interpolate(double time, double[] state) {
    for (int i = 0; i < before.length; i++) {
      state[i] = Math.fma(time - start, slope[i], before[i]);
    }
  }
}
