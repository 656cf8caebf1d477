"""Figures made by the Java code, looked at in a real browser. The Java tests write them (FiguresTest)."""

import json
import os
import struct
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


@pytest.fixture(scope="module")
def looks(tmp_path_factory):
    with browser.Looks(tmp_path_factory.mktemp("looks")) as all_looks:
        yield all_looks


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_plotly_draws_every_figure(notebook, looks, theme):
    looks.check_drawn_by_plotly(*notebook, theme)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_svg_shows_where_plotlys_extension_is_missing(notebook, looks, theme):
    looks.check_shown_as_svg(*notebook, theme)


def test_nbconvert_shows_every_figure(notebook, looks):
    looks.check_nbconvert(*notebook)


def test_a_missing_figure_is_noticed(notebook, looks):
    path, count = notebook
    with pytest.raises(AssertionError, match=f"{count} of {count + 1} figures"):
        looks.check_nbconvert(path, count + 1)


def test_the_pdf_holds_the_drawings(notebook, looks):
    pdf = looks.print_pdf(notebook[0])
    text = browser.pdf_text(pdf)
    for title in titles():
        assert title in text, f"'{title}' is not in {pdf}"
    pixels = set()
    pages = 0
    for _, _, rgb in browser.render_pdf(pdf):
        pages += 1
        pixels.update(pixel for (pixel,) in struct.iter_unpack("3s", rgb))
    assert pages > 5
    for colour in ("0072b2", "d55e00", "009e73", "cc79a7", "440154"):
        assert bytes.fromhex(colour) in pixels, f"nothing is drawn in #{colour}, see {pdf}"


def titles():
    """The titles of the samples, as far as they are letters and blanks only."""
    for path in SAMPLES.glob("*.json"):
        layout = json.loads(path.read_text())["application/vnd.plotly.v1+json"]["layout"]
        title = layout.get("title", {}).get("text", "")
        if title.replace(" ", "").isalpha():
            yield title


def test_svg_files_are_drawings_on_white_and_on_dark_ground(looks):
    looks.check_alone(sorted(SAMPLES.glob("*.svg")), "samples-alone")


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_committed_notebooks_show_their_figures(path, looks):
    expected = browser.count_figures(path)
    assert expected, f"{path.name} is committed without figures: ./odeum run notebooks/{path.name} -o notebooks/{path.name}"
    looks.check_notebook(path, expected)
