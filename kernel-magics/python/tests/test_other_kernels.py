"""The magics in kernels that are not ours: stock JJava, and IJava 1.3.

IJava's jar is on no registry, so a small kernel with its names and manners stands in for it
(kernel-magics/src/test/java/io/github/spencerpark). ODEUM_IJAVA may name the real jar.
"""

import json
import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, Kernel
from nbclient import NotebookClient
from test_notebooks import NOTEBOOKS, curves, texts

BUNDLE = {"application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"}
INSTALL = "odeum.magics.ijava.OdeumIJava.install();"
LOTKA = "%%ode lotka\nx' = a*x - b*x*y\ny' = -c*y + d*x*y\nparam a = 1.5, b = 1, c = 3, d = 1\ninit x = 1, y = 1\ntime 0 .. 10"
UNKNOWN = "%%ode unknown\nnet f = mlp(2, 16, 2, tanh)\n(x', y') = f(x, y)\ninit x = 1, y = 1\ntime 0 .. 3"
TRAIN = "%train unknown -d data --epochs {} -O adam --seed 3 -o learned"
BITS = "Arrays.stream(new double[][] {sol.values(\"x\"), data.values(\"y\"), learned.losses()}).map(Arrays::toString).toList()"


@dataclass
class Start:
    """Starts a kernel in the folder of the notebooks."""

    name: str
    environ: dict

    def kernel(self):
        return Kernel(self.environ, name=self.name, cwd=NOTEBOOKS)

    def run(self, notebook):
        client = NotebookClient(notebook, kernel_name=self.name, timeout=120)
        client.execute(env={**os.environ, **self.environ}, cwd=str(NOTEBOOKS))


@pytest.fixture(scope="module")
def jjava(jdk):
    """Starts stock JJava, whose launcher takes the java of the PATH; without the Vector API."""
    path = os.pathsep.join([str(jdk / "bin"), os.environ["PATH"]])

    return lambda **environ: Start("java", {"PATH": path, **environ})


@pytest.fixture(scope="module")
def ijava(jdk, tmp_path_factory, class_path):
    """Starts IJava from a kernelspec made here."""
    given = os.environ.get("ODEUM_IJAVA")
    target = ROOT / "kernel-magics" / "target"
    if given:
        jars = given
    else:
        classes = tmp_path_factory.mktemp("ijava-classes")
        base = os.pathsep.join(map(str, (target / "ijava").glob("*.jar")))
        sources = sorted((ROOT / "kernel-magics/src/test/java/io/github/spencerpark/ijava").glob("*.java"))
        subprocess.run([str(jdk / "bin" / "javac"), "-d", str(classes), "-cp", base, *map(str, sources)], check=True)
        jars = os.pathsep.join([str(classes), base])
    home = tmp_path_factory.mktemp("jupyter")
    spec = home / "kernels" / "ijava"
    spec.mkdir(parents=True)
    argv = [str(jdk / "bin" / "java"), "-cp", jars, "io.github.spencerpark.ijava.IJava", "{connection_file}"]
    description = {"argv": argv, "display_name": "Java", "language": "java", "interrupt_mode": "message"}
    (spec / "kernel.json").write_text(json.dumps(description))

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(home))
        yield lambda **environ: Start("ijava", {"IJAVA_CLASSPATH": class_path, **environ})


@pytest.fixture(scope="module", params=["jjava", "ijava"])
def name(request):
    return request.param


@pytest.fixture(scope="module")
def start(name, request, class_path):
    """How a kernel of others starts that loads the magics before its first cell."""
    started = request.getfixturevalue(name)
    if name == "jjava":
        return started(JJAVA_CLASSPATH=class_path)
    return started(IJAVA_STARTUP_SCRIPT=INSTALL)


@pytest.fixture(scope="module")
def other(name, request, class_path):
    """A kernel of others that loads the magics by one line in a cell."""
    running = request.getfixturevalue(name)().kernel()
    jars = Path(class_path.split(os.pathsep)[0]).parent / "*.jar"
    assert clean(running.run(f"%classpath {jars}" if name == "jjava" else INSTALL)) == []
    yield running
    running.close()


def value(kernel, expression):
    return kernel.run(expression).of("execute_result")[0]["data"]["text/plain"]


def clean(reply):
    """The outputs of a cell that shows what it has to show, and nothing else."""
    assert reply.status == "ok", reply.traceback
    assert reply.of("execute_result") == []
    assert reply.stream("stderr") == ""
    return reply.of("display_data")


def test_runs_the_first_part_of_the_quickstart(start, tmp_path):
    """It says and draws what is committed, which our kernel did with the Vector API, to the last digit."""
    notebook = nbformat.read(NOTEBOOKS / "01-quickstart.ipynb", as_version=4)
    end = next(i for i, cell in enumerate(notebook.cells) if cell.source.startswith("%train hudson"))
    notebook.cells = [cell for cell in notebook.cells[:end] if cell.cell_type == "code"]
    committed, executed = tmp_path / "committed.ipynb", tmp_path / "executed.ipynb"
    nbformat.write(notebook, committed)
    start.run(notebook)
    nbformat.write(notebook, executed)
    outputs = [output for cell in notebook.cells for output in cell.outputs]
    assert {output.output_type for output in outputs} == {"display_data", "stream"}
    assert all(output.name == "stdout" for output in outputs if output.output_type == "stream")
    assert len([output for output in outputs if BUNDLE == set(output.get("data", {}))]) == 5
    assert texts(executed) == texts(committed)
    assert curves(executed) == curves(committed)


def test_solves_and_trains_to_the_bits_of_our_kernel(other, kernel):
    found = []
    for running in (kernel, other):
        assert running.run(LOTKA).status == "ok"
        assert len(clean(running.run("%solve lotka -o sol"))) == 2
        assert clean(running.run("%solve lotka -t 0 3 --saveat 20 -o data -q")) == []
        assert running.run(UNKNOWN).status == "ok"
        reply = running.run(TRAIN.format(30))
        first, summary = clean(reply)
        updates = reply.of("update_display_data")
        assert updates, "one output lives"
        assert {update["transient"]["display_id"] for update in updates} == {first["transient"]["display_id"]}
        assert set(updates[-1]["data"]) == BUNDLE
        found.append(value(running, BITS))
    assert value(other, 'ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()') == "false"
    assert value(kernel, 'ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()') == "true"
    assert found[0].count("[") == 4 and len(found[0]) > 4000
    assert found[1] == found[0]


def test_a_variable_takes_the_result(other):
    other.run(LOTKA)
    assert clean(other.run("Solution typed = %solve lotka -q")) == []
    assert value(other, 'typed.last("x")') == "1.0263437188238982"
    # Without our kernel, var does not know the type.
    assert clean(other.run("var r = %solve lotka -q")) == []
    assert value(other, '((Solution) r).last("x")') == "1.0263437188238982"


def test_plots_and_values_show_as_in_our_kernel(other, kernel):
    for running in (kernel, other):
        running.run(LOTKA)
        running.run("%solve lotka -o sol -q")
    (figure,) = clean(other.run("%plot sol x y"))
    assert set(figure["data"]) == BUNDLE
    assert figure["data"] == clean(kernel.run("%plot sol x y"))[0]["data"]
    for expression in ("lotka", "sol", "new double[] {1, 2}"):
        ours, theirs = (running.run(expression).of("execute_result")[0] for running in (kernel, other))
        assert theirs["data"] == ours["data"]


def test_lines_are_split_and_put_together_again(other):
    other.run(LOTKA)
    for line in (
        "%solve lotka -q;",
        "%solve lotka ;",
        "%solve lotka -q # quietly",
        '%solve lotka -p "a = 1.2, b = 2" -q',
        "%solve lotka --parameters=a=1.2,b=2 --y0 x=3 -q",
    ):
        assert clean(other.run(line)) == [], line
    figure, statistics = clean(other.run('%solve lotka -t 0 "2 + 3"  # half'))
    assert set(figure["data"]) == BUNDLE
    assert statistics["data"]["text/plain"].endswith("success")
    (plot,) = clean(other.run('%solve lotka -q -o s\n%plot s --title "two words; and more"'))
    assert "two words; and more" in plot["data"]["image/svg+xml"]


@pytest.mark.parametrize("magic", ["solve", "ode", "train"])
def test_help(other, kernel, magic):
    (asked,) = clean(other.run(f"%{magic}?"))
    ours = f"%%{magic}?" if magic == "ode" else f"%{magic}?"
    assert asked["data"]["text/plain"] == clean(kernel.run(ours))[0]["data"]["text/plain"]
    if magic != "ode":
        assert clean(other.run(f"%{magic} --help"))[0]["data"] == asked["data"]


def test_a_mistake_is_told_in_its_own_words_only(other):
    other.run(LOTKA)
    for cell, message in (
        ("%solve lotka --sovler rk4", "%solve: unknown option --sovler. Did you mean --solver? (%solve? for help)"),
        ("%solve lotkka", "%solve: 'lotkka' is not defined."),
        ("%%ode broken\nx' = -dd*x\ninit x = 1", "%%ode broken, line 1: 'dd' is not defined."),
    ):
        reply = other.run(cell)
        assert reply.status == "error" and message in reply.content["evalue"]
        assert reply.stream("stderr") == ""
        shown = re.sub(r"\x1b\[[\d;]*m", "", reply.traceback)
        assert message in shown
        assert "\tat " not in shown and "Caused by" not in shown
    assert other.run("1 + 1").status == "ok"


def test_an_interrupted_training_keeps_its_best(other):
    """The cell gives the prompt back at once; the training ends by itself and binds its variable."""
    other.run(LOTKA)
    other.run("%solve lotka -t 0 3 --saveat 20 -o data -q")
    other.run(UNKNOWN)
    other.run("TrainingResult learned = null;")
    message = other.client.execute(TRAIN.format(1_000_000))
    time.sleep(1.5)
    begin = time.monotonic()
    other.manager.interrupt_kernel()
    assert other.answer(message)["status"] == "error"
    assert time.monotonic() - begin < 2
    end = time.monotonic() + 5
    while value(other, "learned == null") == "true" and time.monotonic() < end:
        time.sleep(0.2)
    assert 0 < int(value(other, "learned.epochs()")) < 1_000_000
    assert clean(other.run("%solve learned.model() -q")) == []


def test_jjava_takes_the_repository_of_a_course(jjava, dist, local_repository):
    kernel = jjava(JDK_JAVA_OPTIONS=f"-Dmaven.repo.local={local_repository}").kernel()
    try:
        kernel.run(f"%mavenRepo odeum {(dist / 'maven').as_uri()}")
        clean(kernel.run("%maven io.github.odeum:kernel-magics:0.1.0", timeout=100))
        assert (local_repository / "io/github/odeum/kernel-magics/0.1.0/kernel-magics-0.1.0.jar").exists()
        assert kernel.run(LOTKA).status == "ok"
        assert {*clean(kernel.run("%solve lotka"))[0]["data"]} == BUNDLE
    finally:
        kernel.close()


def test_the_line_for_ijava_says_so_elsewhere(kernel):
    reply = kernel.run(INSTALL)
    assert reply.status == "error"
    assert "is for a cell of the kernel IJava, and this is another kernel" in reply.traceback
