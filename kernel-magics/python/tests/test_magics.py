"""The magics in the real kernel."""

import re
import time
from pathlib import Path

import pytest

COLOURS = re.compile("\x1b\\[[0-9;]*m")
HUDSON_BAY = Path(__file__).resolve().parents[3] / "notebooks" / "data" / "hudson-bay.csv"
LOTKA = """%%ode lotka
x' = a*x - b*x*y            # prey
y' = -c*y + d*x*y
param a = 1.5, b = 1
const c = 3, d = 1
init  x = 1, y = 1
time  0 .. 10"""


def shown(reply):
    """The text of what a cell displayed, after the checks that hold for every cell."""
    assert reply.status == "ok", reply.traceback
    assert reply.stream("stderr") == ""
    assert reply.of("execute_result") == []
    for output in reply.of("display_data"):
        assert not {"text/html", "image/svg+xml"} <= output["data"].keys()
    return [output["data"]["text/plain"] for output in reply.of("display_data")]


def message(reply):
    """The message of a cell that failed, which is all that the cell shows."""
    assert reply.status == "error"
    assert reply.stream("stderr") == ""
    assert COLOURS.sub("", reply.traceback) == reply.content["evalue"]
    return reply.content["evalue"]


def value(kernel, expression):
    return kernel.run(expression).of("execute_result")[0]["data"]["text/plain"]


@pytest.fixture(scope="module")
def lotka(kernel):
    shown(kernel.run(LOTKA))
    return kernel


def test_defines_a_system(kernel):
    reply = kernel.run(LOTKA)
    assert shown(reply)[0].startswith("lotka: 2 states, 2 parameters")
    latex = reply.of("display_data")[0]["data"]["text/latex"]
    assert latex.startswith("$$\\begin{aligned}") and latex.endswith("\\end{aligned}$$")
    assert value(kernel, "lotka.derivative(0, 1, 1)[1]") == "-2.0"


def test_solves_and_plots(lotka):
    reply = lotka.run('%solve lotka -t 0 5 -s "dopri5" -o sol   # a comment')
    figure, line = shown(reply)
    assert figure == "Figure: lotka, 2 lines over t (x, y)"
    assert re.fullmatch(r"lotka · dopri5 · \d+ steps \(\d+ rejected\) · \d+ evaluations · [\d.]+ ms · success", line)
    data = reply.of("display_data")[0]["data"]
    assert set(data) == {"application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"}
    assert value(lotka, "sol.size()") == "200"
    assert shown(lotka.run("%plot sol x y")) == ["Figure: sol, 1 line over x (x, y)"]


def test_assigns(lotka):
    assert shown(lotka.run("Solution assigned = %solve lotka -q")) == []
    assert float(value(lotka, 'assigned.last("x")')) > 0
    assert shown(lotka.run("var other = %solve lotka -q -o named")) == []
    assert float(value(lotka, 'other.last("x")')) > 0
    assert value(lotka, "other == named") == "true"


def test_a_java_expression_keeps_its_quotes(lotka):
    line = shown(lotka.run("""%solve Ode.parse("x' = -x; init x = 1".replace(";", "\\n")) -t 0 1 --plot none"""))[0]
    assert line.endswith("success")


def test_silence(lotka):
    assert shown(lotka.run("%solve lotka;")) == []
    assert shown(lotka.run("%solve lotka -q")) == []


def test_the_code_gives_equal_bits(lotka):
    lotka.run("double k = 0.4;")
    code = shown(lotka.run("%solve lotka -p a=1+k --y0 x=1/3 --rtol 1e-8 -o first --plot none --code"))[-1]
    assert lotka.run(code.replace("Solution first", "Solution second")).status == "ok"
    assert value(lotka, 'Arrays.equals(first.values("y"), second.values("y"))') == "true"
    assert value(lotka, "first.size()") == "200"


def test_the_code_of_a_figure_works(lotka):
    shown(lotka.run("%solve lotka -o sol -q"))
    code = shown(lotka.run('%plot sol y --title "only y" -o fig --code'))[-1]
    assert lotka.run(code.replace("fig =", "again =")).status == "ok"
    assert shown(lotka.run("%plot again")) == ["Figure: only y, 1 line over t (y)"]


@pytest.mark.parametrize(
    "line, expected",
    [
        ("%solve lotka --sovler rk4", "%solve: unknown option --sovler. Did you mean --solver? (%solve? for help)"),
        ("%solve lotak", r"%solve: 'lotak' is not defined. Known: .*lotka.* Did you mean 'lotka'\?"),
        ("%solve lotka -s tsti5", r"%solve: Unknown solver 'tsti5'. Did you mean 'tsit5'\? .*"),
        ("%solve lotka -o tsit5", r"%solve: -o names .* Did you mean -s tsit5\? .*"),
        ("%solve lotka --rtol 1/0*q", r"%solve: --rtol needs a number, got '1/0\*q': .*"),
        ("%train lotka -d nothing.csv", r"%train: -d: there is no file nothing.csv in .*"),
        ('%plot "lotka.name().charAt(99)"', r"%plot: lotka.name\(\).charAt\(99\) throws StringIndexOutOfBounds.*"),
        ("%slove lotka", "There is no magic %slove. Did you mean %solve? (%lsmagic lists them)"),
        ("%%odee lotka\nx' = 1", "There is no magic %%odee. Did you mean %%ode? (%lsmagic lists them)"),
    ],
)
def test_mistakes_are_one_line(lotka, line, expected):
    text = message(lotka.run(line))
    assert "\n" not in text
    assert text == expected or re.fullmatch(expected, text), text


def test_a_mistake_in_an_equation_has_a_caret(kernel):
    reply = kernel.run(LOTKA.replace("lotka", "other").replace("d*x*y", "dd*x*y"))
    assert message(reply) == (
        "%%ode other, line 2: 'dd' is not defined. Known: a b c d x y t. Did you mean 'd'?\n"
        "  y' = -c*y + dd*x*y\n"
        "              ^^"
    )


def test_a_failed_solve_keeps_what_it_has(kernel):
    shown(kernel.run("%%ode blowup\nx' = x^2\ninit x = 1\ntime 0 .. 2"))
    text = message(kernel.run("%solve blowup -o part"))
    assert text.startswith("%solve blowup: the step size fell below") and "is in the variable part" in text
    assert value(kernel, "part.result()") == "STEP_TOO_SMALL"


@pytest.mark.parametrize("line", ["%solve?", "%solve --help", "%solve lotka --help"])
def test_help(lotka, line):
    reply = lotka.run(line)
    texts = shown(reply) or [payload["data"]["text/plain"] for payload in reply.content.get("payload", [])]
    assert "-s, --solver SOLVER" in texts[0]


def test_lists(lotka):
    assert "%%ode NAME" in shown(lotka.run("%lsmagic"))[0]
    assert "auto (default)" in shown(lotka.run("%solvers"))[0]
    assert re.search(r"lotka +x y +a=1.5 b=1", shown(lotka.run("%systems"))[0])


def test_completes(lotka):
    matches = lotka.answer(lotka.client.complete("%solve lo", 9))["matches"]
    assert "lotka" in matches
    assert lotka.answer(lotka.client.complete("%solve lotka --rt", 17))["matches"] == ["--rtol"]
    assert lotka.answer(lotka.client.complete("%solve lotka -s ts", 18))["matches"] == ["tsit5"]


HUDSON = """%%ode hares
x' = a*x - b*x*y
y' = -c*y + d*x*y
param a = 0.5, b = 0.03, c = 0.8, d = 0.03, x0 = 30, y0 = 4
init  x = x0, y = y0
time  1900 .. 1920"""


def test_fits_the_hudson_bay_counts(kernel):
    shown(kernel.run(HUDSON))
    reply = kernel.run(f'%train hares -d "{HUDSON_BAY}" --columns x=hare,y=lynx -o fit', timeout=60)
    progress, summary = shown(reply)
    assert "mse 14.16" in summary
    frames = reply.of("update_display_data")
    assert len({frame["transient"]["display_id"] for frame in frames}) == 1
    assert re.match(r"epoch \d+/100 .* · best 14.16 · .* · seed 0", frames[-1]["data"]["text/plain"])
    assert "hare" not in frames[-1]["data"]["text/plain"]
    assert float(value(kernel, "fit.loss()")) == pytest.approx(14.16, abs=0.01)
    assert "success" in shown(kernel.run("%solve fit.model()"))[-1]


def test_an_interrupted_training_keeps_the_best(kernel):
    shown(kernel.run(HUDSON))
    message_id = kernel.client.execute(
        f'%train hares -d "{HUDSON_BAY}" --columns x=hare,y=lynx -O adam --epochs 1000000 -o slow'
    )
    time.sleep(3)
    kernel.manager.interrupt_kernel()
    reply = kernel.answer(message_id)
    assert reply["status"] == "error"
    assert re.match(r"%train hares: interrupted after epoch \d+ of 1000000; the best parameters", reply["evalue"])
    assert reply["evalue"].endswith(" -O adam --epochs 1000000 --resume slow -o slow")
    assert float(value(kernel, "slow.loss()")) > 0


FIGURE_FORMS = {"application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"}
TABLESAW = """
import tech.tablesaw.api.*;
import tech.tablesaw.plotly.api.*;
import tech.tablesaw.plotly.components.*;
Table prices = Table.create(DoubleColumn.create("open", 1., 2., 4.), DoubleColumn.create("close", 2., 3., 3.));
Figure any = ScatterPlot.create("Prices", prices, "open", "close");
"""


@pytest.mark.parametrize("code, kind", [("any", "execute_result"), ("display(any);", "display_data"), ("%plot any", "display_data")])
def test_any_figure_of_jsplot_is_shown(kernel, code, kind):
    kernel.run(TABLESAW)
    reply = kernel.run(code)
    assert reply.status == "ok", reply.traceback
    assert set(reply.of(kind)[0]["data"]) == FIGURE_FORMS
    assert reply.of(kind)[0]["data"]["text/plain"] == "Figure: Prices, 1 point series over open"


@pytest.mark.parametrize(
    "line, text",
    [
        ("%plot lotka", "Figure: lotka, 1 vector field and 3 lines and 1 point series over x"),
        ("%plot lotka sol x y --xlim 0:8 --ylim 0:6", "Figure: lotka, sol, 1 vector field and 3 lines over x"),
        ("%plot sol x --kind histogram", "Figure: sol, 1 histogram over x (x)"),
        ("%plot left right", "Figure: 2 charts"),
        ('Figures.row("two", left, right)', "Figure: two: 2 charts"),
    ],
)
def test_plot_draws_each_kind(lotka, line, text):
    lotka.run("%solve lotka -o sol -q")
    lotka.run('var left = Charts.time("l", sol); var right = Charts.phase("r", sol);')
    reply = lotka.run(line)
    assert reply.status == "ok", reply.traceback
    data = (reply.of("display_data") + reply.of("execute_result"))[0]["data"]
    assert data["text/plain"].startswith(text)
    assert set(data) == FIGURE_FORMS
