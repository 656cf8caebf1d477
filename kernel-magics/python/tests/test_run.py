"""The command odeum run."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output


@pytest.fixture
def run(tmp_path):
    def run(*cells, arguments=(), environ=None, folder="book"):
        (tmp_path / folder).mkdir(exist_ok=True)
        path = tmp_path / folder / "n.ipynb"
        nbformat.write(new_notebook(cells=list(cells)), path)
        before = path.read_bytes()
        done = subprocess.run(
            [sys.executable, "-m", "odeum", "run", str(path), *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=tmp_path,
            env={**os.environ, **(environ or {})},
        )
        assert path.read_bytes() == before, "the notebook itself must not change"
        return done

    return run


def test_prints_and_writes_the_copy(run, tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "data.txt").write_text("beside the notebook")
    done = run(
        new_markdown_cell("A title"),
        new_code_cell('System.out.println("one");'),
        new_code_cell('Files.readString(Path.of("data.txt"))'),
        arguments=["-o", "out.ipynb"],
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "one\nbeside the notebook\n", "")
    cells = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert cells[2].outputs[0].data["text/plain"] == "beside the notebook"


def test_a_failing_cell(run, tmp_path):
    done = run(
        new_markdown_cell("A title"),
        new_code_cell('throw new RuntimeException("expected");', metadata={"tags": ["raises-exception"]}),
        new_code_cell('System.out.println("before"); int zero = 0;\n1 / zero'),
        new_code_cell(
            'System.out.println("never");', execution_count=7, outputs=[new_output("stream", text="of another time")]
        ),
        arguments=["-o", str(tmp_path / "out.ipynb")],
    )
    assert done.returncode == 1
    assert "before\n" in done.stdout and "never" not in done.stdout
    assert done.stderr == "odeum run: cell 3 (In [2]): ArithmeticException: / by zero\n"
    cells = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert [out.output_type for out in cells[2].outputs] == ["stream", "error"]
    assert (cells[3].outputs, cells[3].execution_count) == ([], None)


def test_an_expected_failure_is_none(run):
    done = run(
        new_code_cell("int zero = 0; 1 / zero", metadata={"tags": ["raises-exception"]}),
        new_code_cell('System.out.println("goes on");'),
    )
    assert done.returncode == 0
    assert done.stdout.endswith("goes on\n")


def test_a_copy_that_cannot_be_written_is_said_in_a_line(run, tmp_path):
    done = run(new_code_cell('System.out.println("ran");'), arguments=["-o", str(tmp_path / "no" / "out.ipynb")])
    assert (done.returncode, done.stdout) == (1, "ran\n")
    assert done.stderr.startswith("odeum run: the copy could not be written to ")
    assert done.stderr.count("\n") == 1


def test_what_cannot_be_run_is_said_in_a_line(run, tmp_path):
    missing = subprocess.run(
        [sys.executable, "-m", "odeum", "run", "missing.ipynb"], capture_output=True, text=True, cwd=tmp_path
    )
    assert (missing.returncode, missing.stderr) == (1, "odeum run: there is no file missing.ipynb\n")
    (tmp_path / "text.ipynb").write_text("no notebook")
    text = subprocess.run(
        [sys.executable, "-m", "odeum", "run", "text.ipynb"], capture_output=True, text=True, cwd=tmp_path
    )
    assert (text.returncode, text.stderr) == (1, "odeum run: text.ipynb is not a notebook\n")


def test_without_a_jdk(run, tmp_path):
    done = run(new_code_cell("1"), environ={"ODEUM_JAVA_HOME": str(tmp_path)})
    assert done.returncode == 1
    assert "odeum install-jdk" in done.stderr


def test_a_jvm_that_does_not_start(run):
    done = run(new_code_cell("1"), environ={"ODEUM_JVM_OPTS": "-Xmxq"})
    assert done.returncode == 1
    assert "Invalid maximum heap size: -Xmxq" in done.stderr
    assert "ODEUM_JVM_OPTS is -Xmxq" in done.stderr
    assert "Traceback" not in done.stderr
