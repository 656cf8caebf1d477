"""The committed notebooks: they run, say again what they said, and draw the same curves."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))  # The folders below hold coursework, which has a test of its own.
# How long something took, and how much memory, may differ from run to run; so may the width of its column.
MEASURED = re.compile(r"(\d[\d.,]* (ns|µs|ms|s|min|it/s|kB|MB)\b|\d+:\d\d\b)")
RULE = re.compile(r"-{2,}")
GAP = re.compile(r" {2,}")


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.stem)
def notebook(request, tmp_path_factory):
    """A committed notebook and what became of it: the finished process and the executed copy."""
    copy = tmp_path_factory.mktemp("notebook") / request.param.name
    command = [sys.executable, "-m", "odeum", "run", str(request.param), "-o", str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    return request.param, done, copy


def outputs(path):
    """The outputs of each code cell, but for those that tell of the machine: they are tagged "varies"."""
    cells = nbformat.read(path, as_version=4).cells
    return [cell.outputs for cell in cells if cell.cell_type == "code" and "varies" not in cell.metadata.get("tags", [])]


def texts(path):
    """What each code cell says in words, without durations and sizes of memory."""
    said = []
    for cell in outputs(path):
        words = [output.get("text") or output.get("data", {}).get("text/plain", "") + "\n" for output in cell]
        text = MEASURED.sub("…", "".join(words))
        said.append(GAP.sub("  ", RULE.sub("--", text)))
    return said


def curves(path):
    """What the figures of each code cell draw, to the last digit; how they look may change."""
    plotly = "application/vnd.plotly.v1+json"
    shown = [[output["data"] for output in cell if plotly in output.get("data", {})] for cell in outputs(path)]
    return [[data[plotly]["data"] for data in cell] for cell in shown]


def test_there_are_notebooks():
    assert PATHS, f"no notebooks in {NOTEBOOKS}"


def test_it_runs_without_a_word_on_stderr(notebook):
    path, done, copy = notebook
    assert done.returncode == 0, done.stderr
    everything = [output for cell in nbformat.read(copy, as_version=4).cells for output in cell.get("outputs", [])]
    assert "stderr" not in [output.name for output in everything if output.output_type == "stream"]


def test_it_says_again_what_is_committed(notebook):
    path, done, copy = notebook
    assert any(outputs(path)), f"{path.name} is committed without outputs"
    assert texts(copy) == texts(path)


def test_it_draws_the_same_numbers(notebook):
    path, done, copy = notebook
    same = curves(copy) == curves(path)
    assert same, f"{path.name}: other curves than the committed ones; run it again and look"
