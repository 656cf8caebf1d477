package odeum.solver;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import odeum.simd.Threads;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/** One solve of an ensemble: sorts out what can go side by side, and solves the rest one by one. */
final class EnsembleRun {
  /** Fewer are as fast one by one. */
  private static final int FEWEST = 4;

  private final Settings settings;
  private final List<Problem> problems;
  private final List<SaveAt> saveAts;
  private final List<double[]> wanted = new ArrayList<>();
  private final Solution[] solutions;
  private final Interrupt interrupt;
  private final ConcurrentLinkedQueue<Integer> left = new ConcurrentLinkedQueue<>();
  private final long begin;
  private volatile Result stopped;

  EnsembleRun(Settings settings, List<? extends Problem> problems, List<SaveAt> saveAts) {
    this.problems = List.copyOf(problems);
    this.saveAts = List.copyOf(saveAts);
    this.solutions = new Solution[problems.size()];
    Thread caller = Thread.currentThread();
    this.settings =
        settings.with(
            new Settings.Hooks(
                settings.hooks().events(),
                settings.hooks().listeners(),
                append(settings.hooks().interrupts(), caller::isInterrupted)));
    this.interrupt = this.settings.interrupt();
    this.begin = System.nanoTime();
    check();
  }

  private static <T> List<T> append(List<T> list, T item) {
    List<T> longer = new ArrayList<>(list);
    longer.add(item);
    return List.copyOf(longer);
  }

  private void check() {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("An ensemble needs at least one problem, got none.");
    }
    if (saveAts.size() != problems.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d problems need as many places to save at, got %d.",
              problems.size(),
              saveAts.size()));
    }
    List<String> names = problems.getFirst().names();
    for (int i = 0; i < problems.size(); i++) {
      Problem problem = problems.get(i);
      ProblemCheck.check(problem);
      ProblemCheck.checkSpan(problem.start(), problem.end(), settings.eventsWith(problem.events()));
      problem.term().inputs().forEach(input -> input.requireCovers(problem.start(), problem.end()));
      wanted.add(wanted(i, problem));
      if (!problem.names().equals(names)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "The problems of an ensemble have the same values; number %d has %s, the first %s.",
                i,
                problem.names(),
                names));
      }
    }
  }

  /** The times a problem is saved at, shared with the problem before if it has the same. */
  private double[] wanted(int i, Problem problem) {
    if (i > 0) {
      Problem before = problems.get(i - 1);
      boolean same =
          saveAts.get(i).equals(saveAts.get(i - 1))
              && Double.compare(problem.start(), before.start()) == 0
              && Double.compare(problem.end(), before.end()) == 0;
      if (same) {
        return wanted.get(i - 1);
      }
    }
    return Recorder.wanted(saveAts.get(i), problem.start(), problem.end());
  }

  Ensemble run() {
    List<Integer> alone = new ArrayList<>();
    for (LaneGroup group : groups(alone)) {
      if (group.keepsBits()) {
        group.solve();
      } else {
        alone.addAll(group.members());
      }
    }
    alone.addAll(left);
    solveAlone(alone);
    return new Ensemble(List.of(solutions), problems, saveAts);
  }

  /** The groups of problems of one field; the others are added to a list. */
  private List<LaneGroup> groups(List<Integer> alone) {
    List<TracedField> fields = new ArrayList<>();
    List<List<Integer>> members = new ArrayList<>();
    Map<TracedField, List<Integer>> known = new IdentityHashMap<>();
    for (int i = 0; i < problems.size(); i++) {
      OdeTerm term = problems.get(i).term();
      if (!mayGoSideBySide(problems.get(i))) {
        alone.add(i);
        continue;
      }
      TracedField field = term.field().orElseThrow();
      if (!known.containsKey(field)) {
        known.put(field, new ArrayList<>());
        fields.add(field);
        members.add(known.get(field));
      }
      known.get(field).add(i);
    }
    List<LaneGroup> groups = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      int[] positions = members.get(i).stream().mapToInt(Integer::intValue).toArray();
      if (positions.length < FEWEST) {
        alone.addAll(members.get(i));
      } else {
        groups.add(new LaneGroup(this, method().orElseThrow(), fields.get(i), positions));
      }
    }
    return groups;
  }

  /** The method whose steps may be taken side by side, if it is of that kind. */
  private Optional<ExplicitRungeKutta> method() {
    return switch (settings.solver()) {
      case ExplicitRungeKutta explicit -> Optional.of(explicit);
      case SwitchingMethod switching -> Optional.of(switching.start());
      default -> Optional.empty();
    };
  }

  private boolean mayGoSideBySide(Problem problem) {
    return method().isPresent()
        && problem.term().field().isPresent()
        && problem.term().size() > 0
        && settings.eventsWith(problem.events()).isEmpty()
        && settings.along(problem.term().inputs()).waypoints().equals(Waypoints.NONE)
        && settings.hooks().listeners().isEmpty();
  }

  private void solveAlone(List<Integer> alone) {
    int[] positions = alone.stream().mapToInt(Integer::intValue).sorted().toArray();
    // A listener hears of one solve after the other, on the thread that asked.
    int workers =
        settings.hooks().listeners().isEmpty() ? Math.min(Threads.count(), positions.length) : 1;
    AtomicInteger queue = new AtomicInteger();
    Threads.run(
        workers,
        () -> {
          for (int i = queue.getAndIncrement(); i < positions.length; i = queue.getAndIncrement()) {
            solveAlone(positions[i]);
          }
        });
  }

  private void solveAlone(int i) {
    Problem problem = problems.get(i);
    Settings mine = settings.withOutput(saveAts.get(i), settings.keepsSteps()).with(limits());
    if (stop() == Result.INTERRUPTED) {
      Settings.Hooks hooks = mine.hooks();
      mine = mine.with(new Settings.Hooks(hooks.events(), hooks.listeners(), List.of(() -> true)));
    }
    Solution solution = Integrator.solve(mine, problem, problem.start(), problem.end());
    solution.limitSteps(mostKept());
    solved(i, solution);
    if (solution.result() == Result.INTERRUPTED) {
      stopped = Result.INTERRUPTED;
    }
  }

  /** The time that is left of that for all solves. */
  private Settings.Limits limits() {
    Settings.Limits limits = settings.limits();
    return new Settings.Limits(
        limits.maxSteps(),
        limits
            .time()
            .map(all -> all.minusNanos(Math.min(all.toNanos(), System.nanoTime() - begin))));
  }

  /** Leaves a solve to be done alone in the end. */
  void leaveAlone(int i) {
    left.add(i);
  }

  /** Solves what needs no step; whether it did. */
  boolean solvedAlone(int i) {
    Problem problem = problems.get(i);
    boolean empty = problem.start() == problem.end();
    if (stopped != null || empty || !Stepper.isFinite(problem.initial().toArray())) {
      solveAlone(i);
      return true;
    }
    return false;
  }

  /** Why the solves are to end, or null; asked once per step. */
  Result stop() {
    Result reason = stopped != null ? stopped : interrupt.requested();
    if (reason != null) {
      stopped = reason;
    }
    return reason;
  }

  /** How many values the kept steps of a solve may have, so that all of them fit in memory. */
  long mostKept() {
    return 4L * KeptSteps.MOST_VALUES / problems.size();
  }

  void solved(int i, Solution solution) {
    solutions[i] = solution;
  }

  Settings settings() {
    return settings;
  }

  Problem problem(int i) {
    return problems.get(i);
  }

  double[] wanted(int i) {
    return wanted.get(i);
  }

  SaveAt saveAt(int i) {
    return saveAts.get(i);
  }
}
