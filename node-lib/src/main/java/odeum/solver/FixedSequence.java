package odeum.solver;

/** Steps of one size; times are multiplied, not accumulated. */
final class FixedSequence implements StepSequence {
  /** A rest below this fraction of a step is added to the last step. */
  private static final double ABSORBED = 1e-3;

  private final FixedStep fixed;
  private double start;
  private double end;
  private double size;
  private double count;
  private double done;

  FixedSequence(FixedStep fixed) {
    this.fixed = fixed;
  }

  @Override
  public void begin(Stepper step, double last) {
    start = step.start();
    end = last;
    size = Math.copySign(fixed.size(), end - start);
    count = Math.max(1, Math.ceil((end - start) / size - ABSORBED));
    done = 0;
  }

  @Override
  public void forget() {}

  @Override
  public double next(double t) {
    return done + 1 >= count ? end : start + (done + 1) * size;
  }

  @Override
  public Verdict judge(Stepper step) {
    if (step.step() != 0 && !step.converged()) {
      done++;
      return Verdict.NOT_SOLVED;
    }
    return judge(step.step(), step.step() != 0 && step.endsFinite(end));
  }

  Verdict judge(double taken, boolean endsFinite) {
    if (taken == 0) {
      return Verdict.TOO_SMALL;
    }
    done++;
    return endsFinite ? Verdict.ACCEPT : Verdict.NOT_FINITE;
  }
}
