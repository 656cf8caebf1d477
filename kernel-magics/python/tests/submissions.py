"""What students hand in: made from the source notebooks of the course, cell by cell.

Each is a name, the answers by the cell's name, and the points that each graded cell must get. A cell
that is not named holds the solution of the source.
"""

from typing import NamedTuple

NEVER_ENDS = "// never ends"


class Submission(NamedTuple):
    answers: dict
    points: dict
    released: bool = False  # Made from what was handed out, in place of the solutions.


SOLVING = {"solving-euler": 2, "solving-heun": 3, "solving-order-tests": 4, "solving-sir-tests": 4, "solving-peak-tests": 3}
FITTING = {"fitting-model-tests": 5, "fitting-loss-tests": 4, "fitting-k-tests": 2, "fitting-predict-tests": 5}
MANUAL = {"solving-answer": None, "fitting-answer": None}

# The cells of the first assignment in short, without the figure that takes a second.
ORDER = """
interface Step { double[] take(Rhs f, double t, double[] y, double h); }
double[] solve(Step method, Rhs f, double[] start, double end, int n) {
  double[] y = start;
  for (int i = 0; i < n; i++) y = method.take(f, i * end / n, y, end / n);
  return y;
}
double error(Step method, int n) {
  return Math.abs(solve(method, (t, y) -> new double[] {-2 * t * y[0]}, new double[] {1}, 1, n)[0] - Math.exp(-1));
}
double order(Step method) {
  BODY
}
"""
MEASURED = "return Math.log(error(method, 100) / error(method, 200)) / Math.log(2);"
WRONG_STEPS = """
interface Rhs { double[] at(double t, double[] y); }
double[] eulerStep(Rhs f, double t, double[] y, double h) { return new double[] {7}; }
double[] heunStep(Rhs f, double t, double[] y, double h) { return new double[] {7}; }
"""
WRONG_PEAK = "double peak = 0.5, peakDay = 50;"


def in_order(body):
    """A submission that does something bad where the order is measured, and is right elsewhere."""
    return {"solving-order": ORDER.replace("BODY", body)}


def solving(*lost):
    """The points of a submission that loses some cells."""
    return {cell: 0 if cell in lost else points for cell, points in SOLVING.items()}


ALL_OF_SOLVING = tuple(SOLVING)
ALL_BUT_ORDER = solving("solving-order-tests")

ASSIGNMENTS = {
    "solving": {
        "good": Submission({}, SOLVING),
        "untouched": Submission({}, solving(*ALL_OF_SOLVING), released=True),
        # Heun's second slope is forgotten, a sign is wrong in the equation of R.
        "bad": Submission(
            {
                "solving-steps": """
interface Rhs { double[] at(double t, double[] y); }
double[] eulerStep(Rhs f, double t, double[] y, double h) {
  double[] next = y.clone();
  for (int i = 0; i < y.length; i++) next[i] += h * f.at(t, y)[i];
  return next;
}
double[] heunStep(Rhs f, double t, double[] y, double h) {
  double[] half = eulerStep(f, t, y, h / 2);
  return eulerStep(f, t + h / 2, half, h / 2);
}
""",
                "solving-sir": "%%ode sir\nS' = -beta*S*I\nI' = beta*S*I - gamma*I\nR' = -gamma*I\n"
                "param beta = 0.5, gamma = 0.1\ninit S = 0.99, I = 0.01, R = 0\ntime 0 .. 100",
            },
            solving("solving-heun", "solving-order-tests", "solving-sir-tests"),
        ),
        "loop": Submission(in_order(f"{NEVER_ENDS}\n  while (true) {{ }}"), ALL_BUT_ORDER),
        "stubborn": Submission(
            in_order(
                f"{NEVER_ENDS}\n  while (true) {{\n    try {{\n      Thread.sleep(1);\n      error(method, 100);\n"
                "    } catch (Throwable stay) { }\n  }"
            ),
            ALL_BUT_ORDER,
        ),
        "flood": Submission(
            in_order(f'{NEVER_ENDS}\n  for (int i = 0; ; i++) System.out.println("line " + i + " of too many");'), ALL_BUT_ORDER
        ),
        # Then it exits, in the last part: whether the kernel forbids that or ends, it costs the same.
        "memory-exit": Submission(
            {
                **in_order("List<double[]> all = new ArrayList<>();\n  while (true) all.add(new double[1_000_000]);"),
                "solving-peak": "System.exit(0);\n" + WRONG_PEAK,
            },
            solving("solving-order-tests", "solving-peak-tests"),
        ),
        # Where no points are given for outputs it costs nothing; in a graded cell it costs that cell.
        "stderr": Submission(
            {
                **in_order(f'System.err.println("a trace");\n  {MEASURED}'),
                "solving-peak": 'System.err.println("to begin with");\n%solve sir --saveat 1001 -o epidemic -q\n'
                "double peak = 0, peakDay = 0;\nfor (int i = 0; i < 1001; i++) {\n  if (epidemic.values(\"I\")[i] > peak) {\n"
                "    peak = epidemic.values(\"I\")[i];\n    peakDay = epidemic.times()[i];\n  }\n}",
            },
            ALL_BUT_ORDER,
        ),
        # The kernel forbids the call itself, but not this: what stands above keeps its points, what stands below has none.
        "halt": Submission(
            in_order(
                'try {\n    Runtime.class.getMethod("halt", int.class).invoke(Runtime.getRuntime(), 1);\n'
                "  } catch (ReflectiveOperationException closed) { }\n  return 1;"
            ),
            solving("solving-order-tests", "solving-sir-tests", "solving-peak-tests"),
        ),
        # All is wrong. Names that checks use mean something else, and in the end the checks are replaced.
        "cheat": Submission(
            {
                "solving-steps": WRONG_STEPS + "class Math { static double abs(double x) { return 0; } }\n"
                "class Check { static void check(boolean holds, String message) { } }",
                "solving-order": "interface Step { double[] take(Rhs f, double t, double[] y, double h); }\n"
                "double[] solve(Step m, Rhs f, double[] y, double end, int n) { return y; }\n"
                "double order(Step method) { return Double.NaN; }",
                "solving-sir": "class Fake { double[] derivative(double... y) { return null; } }\nvar sir = new Fake();",
                "solving-peak": WRONG_PEAK + "\nvoid check(boolean holds, String message) { }\n"
                "void checkClose(double a, double b, double c) { }\nvoid checkClose(double[] a, double[] b, double c) { }\n"
                "class Checks { void checkClose(double a, double b, double c) { } }\nclass Magics { Checks Check = new Checks(); }\n"
                "class Packages { Magics magics = new Magics(); }\nvar odeum = new Packages();",
            },
            solving(*ALL_OF_SOLVING),
        ),
    },
    "fitting": {
        "good": Submission({}, FITTING),
        "untouched": Submission({}, dict.fromkeys(FITTING, 0), released=True),
        # No network, but friction that is proportional to the speed: only k comes out right. And it deletes
        # the data and writes over what it finds; what was read before is enough.
        "bad": Submission(
            {
                "fitting-model": "%%ode weight\nx' = v\nv' = -k*x - c*v\nparam k = 1, c = 0.1\ninit x = 2, v = 0\ntime 0 .. 8",
                "fitting-train": """
for (Path file : Files.list(Path.of(".")).toList()) Files.delete(file);
Files.writeString(Path.of("spring.csv"), "t,x,v\\n0,0,0\\n");
Files.writeString(Path.of("fitting.ipynb"), "nonsense");
Files.deleteIfExists(Path.of("../fitting.ipynb"));
%train weight -d spring -O lm -o fit -q
""",
                "fitting-predict": "%solve fit.model() -t 0 12 -o forecast -q\n"
                'double friction(double v) { return fit.parameter("c") * v; }',
            },
            {"fitting-model-tests": 0, "fitting-loss-tests": 0, "fitting-k-tests": 2, "fitting-predict-tests": 0},
        ),
    },
}
