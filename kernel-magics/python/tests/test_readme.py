"""What README shows in a notebook runs, and does what it says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from test_other_kernels import INSTALL
from test_without_kernel import SHELL

ROOT = Path(__file__).resolve().parents[3]
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_first_notebook_runs(tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = text.split("In a notebook:", 1)[1].split("\n## ", 1)[0]
    cells = [new_code_cell(block.strip()) for block in BLOCK.findall(shown)]
    assert len(cells) == 2
    shutil.copytree(ROOT / "notebooks" / "data", tmp_path / "data")
    nbformat.write(new_notebook(cells=cells), tmp_path / "readme.ipynb")
    command = [sys.executable, "-m", "odeum", "run", "readme.ipynb"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Figure: hudson, 2 lines over t (hare, lynx)" in done.stdout
    assert "mse 6.150342" in done.stdout


def test_its_picture_is_in_the_quickstart():
    notebook = nbformat.read(ROOT / "notebooks" / "01-quickstart.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    drawn = [output.get("data", {}).get("image/svg+xml") for output in outputs]
    assert (ROOT / "notebooks" / "images" / "quickstart-fit.svg").read_text(encoding="utf-8") in drawn


def test_its_lines_for_other_kernels_are_the_tested_ones():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert INSTALL in text
    assert SHELL.removesuffix("/exit\n") in text


def test_its_links_lead_somewhere():
    for page in ("README.md", "CONTRIBUTING.md", "notebooks/data/README.md", "notebooks/coursework/README.md"):
        path = ROOT / page
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (path.parent / target).exists(), f"{page}: {target}"
