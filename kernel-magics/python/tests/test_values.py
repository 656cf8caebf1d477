"""How values at the end of a cell look in the real kernel."""

import subprocess

import pytest

LOTKA = """%%ode lotka
x' = a*x - x*y
y' = -3*y + x*y
param a = 1.5
init x = 1, y = 1
time 0 .. 5"""


@pytest.fixture(scope="module")
def kernel(kernel):
    assert kernel.run(LOTKA).status == "ok"
    assert kernel.run("%solve lotka -p a=1.6 -s tsit5 -o sol -q\n%train lotka -d sol --epochs 2 -o fit -q").status == "ok"
    assert kernel.run("%solve lotka --ensemble 5 --saveat 20 -o many -q").status == "ok"
    return kernel


@pytest.mark.parametrize(
    "expression, begins, other",
    [
        ("new double[] {1, 0.5}", "[1.0, 0.5]", None),
        ("new double[][] {{1, 2}, {3, 4}}", "2 × 2\n[[1 2]", None),
        ("Tensor.matrix(new double[] {1, 2})", "Tensor (1, 2)\n[[1 2]]", None),
        ("Tensor.scalar(0.1)", "0.1", None),
        ("sol", "tsit5 · ", "text/html"),
        ("many", "5 solves · ", "text/html"),
        ('Datasets.series("hudson-bay")', "TimeSeries hare lynx: 21 times, year = 1900 .. 1920\n", "text/html"),
        ("Tables.of(sol)", "solution: 200 rows × 3 columns\n", "text/html"),
        ("Mlp.of(2, 16, 1)", "mlp(2, 16, 1, tanh)\nname  layer", "text/html"),
        ("NeuralOde.of(Mlp.of(2, 16, 2))", "NeuralOde mlp(2, 16, 2, tanh), 82 parameters\nname", "text/html"),
        ("fit", "loss ", "text/html"),
        ("fit.best()", "1 parameter\n", "text/html"),
        ("fit.history()", "2 epochs, loss ", "image/svg+xml"),
        ("fit.model()", "lotka: 2 states, 1 parameter\n", "text/latex"),
        ('Charts.time("t", sol)', "Figure: t, 2 lines", "application/vnd.plotly.v1+json"),
        ('Charts.time("t", sol).figure()', "Figure: t, 2 lines", "application/vnd.plotly.v1+json"),
    ],
)
def test_a_value_shows_readably(kernel, expression, begins, other):
    reply = kernel.run(expression)
    assert reply.status == "ok", reply.traceback
    assert reply.stream("stderr") == ""
    data = reply.of("execute_result")[0]["data"]
    assert data["text/plain"].startswith(begins), data["text/plain"]
    assert other is None or other in data, list(data)


def test_the_environment(kernel):
    reply = kernel.run("%envinfo")
    assert "Vector API" in reply.of("display_data")[0]["data"]["text/plain"]
    assert reply.stream("stderr") == "" and reply.of("execute_result") == []


def test_the_link_of_the_open_notebook(start_kernel, tmp_path):
    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments], cwd=tmp_path, check=True)

    (tmp_path / "binder").mkdir()
    (tmp_path / "week 1.ipynb").write_text("{}")
    git("init", "-q")
    git("remote", "add", "origin", "git@github.com:odeum/course.git")
    git("add", "-A")
    git("commit", "-q", "-m", "one")
    kernel = start_kernel(cwd=tmp_path, JPY_SESSION_NAME="course/week 1.ipynb")
    reply = kernel.run("%share --ref v1 -o link --code")
    link = "https://mybinder.org/v2/gh/odeum/course/v1?urlpath=lab/tree/week%201.ipynb"
    texts = [output["data"]["text/plain"] for output in reply.of("display_data")]
    assert texts[0].startswith(link + "\nfor a README: [![Binder](")
    assert kernel.run(texts[1].replace("String link", "String again")).status == "ok"
    assert kernel.run("link.equals(again)").of("execute_result")[0]["data"]["text/plain"] == "true"
