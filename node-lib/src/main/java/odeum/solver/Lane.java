package odeum.solver;

import java.util.ArrayList;
import java.util.List;

/** A solve in a lane, besides its numbers: whose it is, what it has saved, how it goes. */
final class Lane {
  final int index;
  private final ExplicitRungeKutta method;
  private final Problem problem;
  private final double start;
  private final Recorder recorder;
  private final DenseSteps dense;
  private final boolean keepsSteps;
  private final StiffnessMonitor stiffness;

  /**
   * @param wanted the times that {@code saveAt} asks for
   * @param mostKept how many values its kept steps may have
   */
  Lane(
      int index,
      Settings settings,
      ExplicitRungeKutta method,
      Problem problem,
      SaveAt saveAt,
      double[] wanted,
      long mostKept) {
    this.index = index;
    this.problem = problem;
    this.start = problem.start();
    int n = problem.term().size();
    this.recorder = new Recorder(saveAt, start, problem.end(), n, wanted);
    this.method = method;
    this.dense =
        new DenseSteps(
            method,
            problem.term(),
            settings.controller(),
            method.tableau().allStages(),
            saveAt instanceof SaveAt.Dense);
    this.dense.limit(mostKept);
    this.keepsSteps = settings.withOutput(saveAt, settings.keepsSteps()).keepsAnySteps();
    this.stiffness = StiffnessMonitor.of(method);
  }

  void begin(double[] state) {
    recorder.begin(start, state);
  }

  StiffnessMonitor stiffness() {
    return stiffness;
  }

  /** The next time of a step's end, or before, from which on it wants to see the step. */
  double due() {
    return keepsSteps ? start : recorder.due(start);
  }

  /** Whether all it wants are states at the times that are due. */
  boolean wantsTimesOnly() {
    return !keepsSteps && recorder.savesTimesOnly();
  }

  Recorder recorder() {
    return recorder;
  }

  /** Saves what a step has that was accepted. */
  void accept(LaneView view, LaneStep step, int lane) {
    recorder.accept(view.at(lane));
    if (keepsSteps) {
      dense.add(step, lane);
    }
  }

  /** The solution so far; the lane is where it ended. */
  Solution finish(Settings settings, Result result, LaneStep step, int lane) {
    double[] state = new double[step.n];
    step.get(step.y, 0, lane, state);
    recorder.finish(result, step.t[lane], state);
    stiffness.counted(settings.controller() instanceof Pid ? step.accepted[lane] : 0);
    Diagnosis diagnosis =
        new Diagnosis(settings, stiffness.stiffFrom(), problem, start, problem.end());
    Diagnosis.Place place =
        new Diagnosis.Place(
            method.name(),
            step.t[lane],
            step.h[lane],
            state,
            fastest(result, state, step, lane),
            "");
    Solution.Outcome outcome =
        new Solution.Outcome(
            method.name(),
            start,
            step.t[lane],
            result,
            new Statistics(step.accepted[lane], step.rejected[lane], step.evaluations[lane]),
            List.of(),
            LazyText.of(() -> diagnosis.message(result, place, List.of())),
            notes());
    return new Solution(problem, recorder.saved(), dense, outcome);
  }

  private List<String> notes() {
    return stiffness.stiffFrom().stream().mapToObj(Lane::note).toList();
  }

  /** What is said of a system that looks stiff. */
  static String note(double from) {
    return "the system looks stiff from t = " + Diagnosis.brief(from);
  }

  private String fastest(Result result, double[] state, LaneStep step, int lane) {
    if (result.isSuccess()) {
      return "";
    }
    double[] after = new double[step.n];
    step.get(step.y1, 0, lane, after);
    int known = step.known[lane] ? 1 : 0;
    int stages = step.isFresh(lane) ? known : step.evaluated(lane);
    List<double[]> slopes = new ArrayList<>();
    for (int i = 0; i < stages; i++) {
      double[] slope = new double[step.n];
      step.get(step.k, i * step.stride, lane, slope);
      slopes.add(slope);
    }
    return Diagnosis.fastest(problem.names(), state, after, slopes);
  }
}
