package odeum.solver;

import java.util.Arrays;
import java.util.OptionalDouble;
import odeum.term.Derivative;
import org.apache.commons.math3.exception.MathArithmeticException;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.exception.NumberIsTooSmallException;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.FirstOrderIntegrator;
import org.apache.commons.math3.ode.nonstiff.AdaptiveStepsizeIntegrator;
import org.apache.commons.math3.ode.sampling.StepHandler;
import org.apache.commons.math3.ode.sampling.StepInterpolator;

/** Runs a Commons Math integrator over one span; how it fails becomes a result. */
final class CommonsRun implements FirstOrderDifferentialEquations, StepHandler {
  private static final double SMALLEST_IN_ULPS = 10;

  /** A black box that rejects steps for ever is stopped after this many evaluations per step. */
  private static final long MOST_EVALUATIONS = 1000;

  private static final int ASKED_EVERY = 64;

  private final CommonsSolver solver;
  private final Settings settings;
  private final Interrupt interrupt;
  private final Derivative derivative;
  private final Observer observer;
  private final int n;
  private final CommonsStep step;
  private double to;
  private double smallest;
  private int steps;
  private int accepted;
  private long evaluations;
  private boolean finite;
  private RuntimeException thrown;
  private String words = "";

  /** What is done with each accepted step. */
  interface Observer {
    /** {@return whether the solve stops in this step, by an event} */
    boolean stopsAt(CommonsStep step);
  }

  /** Thrown through the integrator, which has no other way to be stopped. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Result result;

    Stop(Result result) {
      super(result.text(), null, false, false);
      this.result = result;
    }
  }

  CommonsRun(
      CommonsSolver solver, Settings settings, Derivative derivative, int n, Observer observer) {
    this.solver = solver;
    this.settings = settings;
    this.interrupt = settings.interrupt();
    this.derivative = derivative;
    this.n = n;
    this.observer = observer;
    this.step = new CommonsStep(n);
  }

  /** Solves; {@link #step} is then the last accepted step, or an empty one at the start. */
  Result solve(double from, double end, double[] initial, OptionalDouble first) {
    step.moveTo(from, initial);
    to = end;
    finite = true;
    thrown = null;
    smallest = SMALLEST_IN_ULPS * Math.ulp(Math.max(Math.abs(from), Math.abs(end)));
    FirstOrderIntegrator integrator = integrator(Math.abs(end - from));
    if (first.isPresent() && integrator instanceof AdaptiveStepsizeIntegrator adaptive) {
      adaptive.setInitialStepSize(first.getAsDouble());
    }
    long most = Math.min(Integer.MAX_VALUE, MOST_EVALUATIONS * settings.maxSteps());
    integrator.setMaxEvaluations((int) most);
    integrator.addStepHandler(this);
    try {
      stopIfAsked();
      integrator.integrate(this, from, initial.clone(), end, new double[n]);
      return Result.SUCCESS;
    } catch (Stop stop) {
      return stop.result;
    } catch (MathIllegalArgumentException | MathIllegalStateException | MathArithmeticException e) {
      return failure(e);
    }
  }

  /** Begins to count the steps that are limited anew. */
  void restart() {
    steps = 0;
  }

  private FirstOrderIntegrator integrator(double span) {
    return switch (solver) {
      case CommonsSolver.Fixed fixed when settings.controller() instanceof FixedStep(double size) ->
          fixed.maker().apply(size);
      case CommonsSolver.Adaptive adaptive when settings.controller() instanceof Pid pid ->
          adaptive
              .maker()
              .make(
                  Math.max(pid.minStep(), smallest),
                  Math.max(smallest, Math.min(pid.maxStep(), span)),
                  tolerances(pid.atol(), Double.POSITIVE_INFINITY),
                  tolerances(pid.rtol(), 0));
      case CommonsSolver _ -> throw new IllegalStateException(settings.controller().toString());
    };
  }

  /** Values that do not count have no limit; the mean of the others is over themselves only. */
  private double[] tolerances(double tolerance, double unlimited) {
    int controlled = settings.controlled(n);
    double[] each = new double[n];
    Arrays.fill(each, unlimited);
    Arrays.fill(each, 0, controlled, tolerance * Math.sqrt((double) controlled / n));
    return each;
  }

  private Result failure(RuntimeException e) {
    if (thrown != null) {
      throw thrown;
    }
    words = e.getMessage();
    return switch (e) {
      case MaxCountExceededException _ -> Result.MAX_STEPS_REACHED;
      case RuntimeException _ when !finite -> Result.NOT_FINITE;
      case NumberIsTooSmallException _ -> Result.STEP_TOO_SMALL;
      default -> Result.GAVE_UP;
    };
  }

  private void stopIfAsked() {
    Result why = interrupt.requested();
    stopIf(why != null, why);
  }

  private static void stopIf(boolean stop, Result result) {
    if (stop) {
      throw new Stop(result);
    }
  }

  @Override
  public int getDimension() {
    return n;
  }

  @Override
  public void computeDerivatives(double t, double[] y, double[] dy) {
    evaluations++;
    if (evaluations % ASKED_EVERY == 0) {
      stopIfAsked(); // steps may be rejected for ever
    }
    try {
      derivative.evaluate(t, y, dy);
    } catch (RuntimeException e) { // the user's own: passed on, whatever its type
      thrown = e;
      throw e;
    }
    finite &= Stepper.isFinite(dy);
  }

  @Override
  public void init(double t0, double[] y0, double t) {}

  @Override
  public void handleStep(StepInterpolator interpolator, boolean isLast) {
    double end = interpolator.getCurrentTime();
    // Some miss the end by rounding and then find the rest too small for a step.
    boolean last = isLast || Math.abs(to - end) <= smallest;
    step.take(interpolator, last ? to : end);
    if (!Stepper.isFinite(step.after())) {
      step.drop();
      throw new Stop(Result.NOT_FINITE);
    }
    steps++;
    accepted++;
    stopIf(observer.stopsAt(step), Result.EVENT);
    stopIf(last && !isLast, Result.SUCCESS);
    if (!last) {
      stopIfAsked();
      stopIf(steps >= settings.maxSteps(), Result.MAX_STEPS_REACHED);
    }
  }

  CommonsStep step() {
    return step;
  }

  /** The smallest step it may take. */
  double smallest() {
    return smallest;
  }

  /** What the integrator said when it failed. */
  String words() {
    return words;
  }

  Statistics statistics() {
    return new Statistics(accepted, 0, evaluations);
  }
}
