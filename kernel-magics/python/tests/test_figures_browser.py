"""Figures made by the Java code, looked at in a real browser. The Java tests write them (SampleFiguresTest)."""

import json
import os
from pathlib import Path

import browser
import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "target" / "sample-figures"
NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"

if os.environ.get("CI") != "true":
    pytest.importorskip("playwright")
pytestmark = pytest.mark.skipif(
    browser.find_chromium() is None and os.environ.get("CI") != "true",
    reason=f"no browser on PATH, looked for {', '.join(browser.CHROMIUM_NAMES)}",
)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """An executed notebook with one cell for each sample; returns its path and the number of figures."""
    samples = sorted(SAMPLES.glob("*.json"))
    assert samples, f"No samples in {SAMPLES}: run the Java tests of kernel-magics first."
    cells = [cell(index, path) for index, path in enumerate(samples)]
    content = {"cells": cells, "metadata": {"language_info": {"name": "java"}}, "nbformat": 4, "nbformat_minor": 5}
    path = tmp_path_factory.mktemp("notebook") / "samples.ipynb"
    path.write_text(json.dumps(content))
    return path, len(samples)


def cell(index, path):
    output = {"output_type": "display_data", "data": json.loads(path.read_text()), "metadata": {}}
    source = f"// {path.stem}"
    return {
        "cell_type": "code",
        "id": f"cell-{index}",
        "execution_count": index + 1,
        "metadata": {},
        "source": source,
        "outputs": [output],
    }


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_plotly_draws_every_figure(notebook, tmp_path, theme):
    path, count = notebook
    with browser.Lab(tmp_path / "lab", theme=f"JupyterLab {theme}") as lab:
        browser.check_drawn_by_plotly(lab, path, count, f"samples-plotly-{theme.lower()}")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_svg_shows_where_plotlys_extension_is_missing(notebook, tmp_path, theme):
    path, count = notebook
    with browser.Lab(tmp_path / "lab", plotly=False, theme=f"JupyterLab {theme}") as lab:
        browser.check_shown_as_svg(lab, path, count, f"samples-svg-{theme.lower()}")


def test_nbconvert_shows_every_figure(notebook, tmp_path):
    path, count = notebook
    browser.check_nbconvert(browser.Lab(tmp_path / "lab"), path, count, "samples-nbconvert")


def test_a_missing_figure_is_noticed(notebook, tmp_path):
    path, count = notebook
    with pytest.raises(AssertionError, match=f"{count} of {count + 1} figures"):
        browser.check_nbconvert(browser.Lab(tmp_path / "lab"), path, count + 1, "samples-one-missing")


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_committed_notebooks_show_their_figures(path):
    expected = browser.count_figures(path)
    assert expected, f"{path.name} is committed without figures: ./odeum run notebooks/{path.name} -o notebooks/{path.name}"
    browser.check_notebook_figures(path, expected)
