package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No solve hangs: each ends when its time is over, or soon after it is asked to. */
class EndingTest {
  /** An interrupt ends a solve within this time, on a machine that has others to run too. */
  private static final double PROMPT = 0.1;

  /** With larger steps Euler's swings grow out of all numbers before the time is over. */
  private static final double SMALL = 1e-5;

  private static final Problem SWING =
      Problem.of(TestEquation.HARMONIC_OSCILLATOR.term(), Tensor.vector(1, 0), 0, 1e8);

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#solvers")
  void theTimeBudgetEndsTheSolve(Solver solver) {
    Integrator integrator =
        Integrator.fixed(solver, SMALL)
            .withMaxSteps(1_000_000_001)
            .withTimeBudget(Duration.ofMillis(50))
            .withSaveAt(SaveAt.end());
    integrator.solve(SWING, 0, 10 * SMALL); // loads the classes
    Solution solution = integrator.solve(SWING);
    assertEquals(Result.OUT_OF_TIME, solution.result());
    assertTrue(solution.statistics().accepted() > 10, solution::toString);
    double end = solution.times()[solution.size() - 1];
    assertTrue(end > 0 && end < 1e8);
    assertTrue(solution.message().startsWith("The time for the solve was over at t = "));
  }

  @Test
  void aBlackBoxHasATimeBudgetToo() {
    for (CommonsSolver solver : TestEquation.blackBoxes()) {
      Integrator integrator =
          solver instanceof CommonsSolver.Adaptive adaptive
              ? Integrator.of(adaptive)
              : Integrator.fixed(solver, 0.1);
      integrator.solve(SWING, 0, 10); // loads the classes
      Solution solution =
          integrator
              .withMaxSteps(1_000_000_001)
              .withTimeBudget(Duration.ofMillis(50))
              .withSaveAt(SaveAt.end())
              .solve(SWING);
      assertEquals(Result.OUT_OF_TIME, solution.result(), solver.name());
      assertTrue(solution.times()[solution.size() - 1] > 0);
    }
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#solvers")
  void anInterruptEndsTheSolve(Solver solver) throws InterruptedException {
    Integrator integrator =
        Integrator.fixed(solver, SMALL).withMaxSteps(1_000_000_001).withSaveAt(SaveAt.end());
    assertEquals(Result.INTERRUPTED, interrupted(integrator, SWING).result());
  }

  /** Newton's method gets nowhere with noise, and the step is tried again and again. */
  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#stiffSolvers")
  void whatCannotBeSolvedEnds(AdaptiveSolver solver) {
    long[] state = {1};
    OdeTerm noise =
        OdeTerm.of(
            2,
            (t, y, dy) -> {
              state[0] = state[0] * 6364136223846793005L + 1442695040888963407L;
              dy[0] = 1e6 * (state[0] >> 32) / 2e9;
              dy[1] = -y[0] * 1e9;
            });
    Problem problem = Problem.of(noise, Tensor.vector(1, 0), 0, 1);
    Solution solution = Integrator.of(solver).withMaxSteps(3000).solve(problem);
    assertTrue(!solution.result().isSuccess(), solution::toString);
    assertTrue(!solution.message().isEmpty());
  }

  /** A field that takes long to evaluate is asked many times before a step of a black box ends. */
  @Test
  void interruptsReachInsideWhatNeverAccepts() throws InterruptedException {
    OdeTerm noise = OdeTerm.of(1, (t, y, dy) -> dy[0] = 1e9 * StrictMath.sin(1e15 * (t + y[0])));
    Problem problem = Problem.of(noise, Tensor.vector(1), 0, 1);
    for (AdaptiveSolver solver :
        new AdaptiveSolver[] {
          Solvers.commonsDopri853(), Solvers.commonsGbs(), Solvers.kvaerno5(), Solvers.rodas5p()
        }) {
      Integrator integrator =
          Integrator.adaptive(solver, Pid.of(1e-10, 1e-10)).withMaxSteps(1_000_000_000);
      Solution solution = interrupted(integrator, problem);
      assertTrue(!solution.result().isSuccess(), solver.name());
    }
  }

  @Test
  void interruptsReachASolveFullOfEvents() throws InterruptedException {
    Event often =
        Event.reset(
            "often",
            (t, y) -> StrictMath.sin(1e4 * t),
            Event.Direction.EITHER,
            (t, y) -> y[0] += 1e-9);
    Integrator integrator =
        Integrator.of(Solvers.tsit5())
            .withEvents(often)
            .withMaxSteps(1_000_000_000)
            .withSaveAt(SaveAt.end());
    assertEquals(Result.INTERRUPTED, interrupted(integrator, SWING).result());
  }

  /**
   * Solves on a thread of its own, asks it to stop after a while and measures how long it takes.
   */
  private static Solution interrupted(Integrator integrator, Problem problem)
      throws InterruptedException {
    AtomicReference<Solution> solution = new AtomicReference<>();
    Thread thread = new Thread(() -> solution.set(integrator.solve(problem)));
    thread.start();
    Thread.sleep(30);
    long asked = System.nanoTime();
    thread.interrupt();
    thread.join(10_000);
    double seconds = (System.nanoTime() - asked) * 1e-9;
    assertTrue(!thread.isAlive(), "the solve goes on");
    assertTrue(seconds < 10 * PROMPT, () -> "it took " + seconds + " s");
    return solution.get();
  }
}
