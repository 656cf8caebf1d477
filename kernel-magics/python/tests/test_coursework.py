"""The coursework under nbgrader: what is handed out, and what good, bad and hostile submissions get."""

import csv
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from submissions import ASSIGNMENTS, MANUAL, NEVER_ENDS

ROOT = Path(__file__).resolve().parents[3]
COURSEWORK = ROOT / "notebooks" / "coursework"
# ./odeum test puts nbgrader here, beside .venv and not into it.
NBGRADER = ROOT / ".cache" / "nbgrader"
GRADED = [(assignment, student) for assignment in ASSIGNMENTS for student in ASSIGNMENTS[assignment]]

pytestmark = pytest.mark.skipif(not NBGRADER.is_dir(), reason="nbgrader is not in .cache/nbgrader; ./odeum test puts it there")

# On top of the settings as they are handed out: what never ends is not waited for so long.
HURRY = f"""
hurry = False


def seconds(cell):
    global hurry
    hurry = {NEVER_ENDS!r} in cell.source or hurry and "interface Rhs" not in cell.source
    return 6 if hurry else 60


c.Execute.timeout_func = seconds
c.Execute.jvm_options += " -XX:TieredStopAtLevel=1"
"""

if NBGRADER.is_dir():
    sys.path.append(str(NBGRADER))


def nbgrader(folder, *arguments, timeout=600):
    """Runs nbgrader as a lecturer does."""
    path = os.pathsep.join(filter(None, [str(NBGRADER), os.environ.get("PYTHONPATH")]))
    programs = os.pathsep.join([str(NBGRADER / "bin"), os.environ["PATH"]])
    environment = {**os.environ, "PYTHONPATH": path, "PATH": programs, "JUPYTER_NO_CONFIG": "1"}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=timeout)
    assert done.returncode == 0, done.stderr[-6000:]
    return done


def cells(path):
    return {cell.metadata.nbgrader.grade_id: cell for cell in nbformat.read(path, as_version=4).cells}


def hand_in(course, assignment, student):
    """Writes a submission, as a student would leave it in the folder that was collected."""
    submission = ASSIGNMENTS[assignment][student]
    origin = course / ("release" if submission.released else "source") / assignment
    folder = course / "submitted" / student / assignment
    shutil.copytree(course / "release" / assignment, folder)
    notebook = nbformat.read(origin / f"{assignment}.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = submission.answers.get(cell.metadata.nbgrader.grade_id, cell.source)
    missing = set(submission.answers) - {cell.metadata.nbgrader.grade_id for cell in notebook.cells}
    assert not missing, missing
    nbformat.write(notebook, folder / f"{assignment}.ipynb")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The course folder with both assignments generated."""
    folder = tmp_path_factory.mktemp("course") / "coursework"
    shutil.copytree(COURSEWORK, folder)
    for assignment in ASSIGNMENTS:
        nbgrader(folder, "generate_assignment", assignment)
    return folder


@pytest.fixture(scope="module")
def graded(course):
    """All submissions after one run of the grader for each assignment: score and need of a look, by cell."""
    from nbgrader.api import Gradebook

    for assignment, student in GRADED:
        hand_in(course, assignment, student)
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + HURRY)
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda assignment: nbgrader(course, "autograde", assignment), ASSIGNMENTS))
    scores = {}
    with Gradebook(f"sqlite:///{course}/gradebook.db", "odeum") as book:
        for assignment, student in GRADED:
            notebook = book.find_submission_notebook(assignment, assignment, student)
            scores[assignment, student] = {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}
    return scores


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_what_is_handed_out_holds_no_solution_and_no_hidden_test(course, assignment):
    released = cells(course / "release" / assignment / f"{assignment}.ipynb")
    source = cells(course / "source" / assignment / f"{assignment}.ipynb")
    assert list(released) == list(source)
    text = "\n".join(cell.source for cell in released.values())
    assert "SOLUTION" not in text and "HIDDEN" not in text
    for name, cell in source.items():
        blocks = re.findall(r"BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)\n[^\n]*END ", cell.source, re.DOTALL)
        for line in "\n".join(blocks).splitlines():
            if len(line.strip()) > 8:
                assert line.strip() not in released[name].source
        if cell.metadata.nbgrader.solution:
            assert blocks and released[name].source != cell.source


def test_a_stub_is_in_the_language_of_its_cell(course):
    released = cells(course / "release" / "solving" / "solving.ipynb")
    assert "throw new UnsupportedOperationException" in released["solving-steps"].source
    assert released["solving-sir"].source.startswith("%%ode sir\n...  # your code here\nparam beta")
    assert released["solving-answer"].source == "*Your answer here.*"


@pytest.mark.parametrize(
    "source, stub",
    [
        ("int a = 1;", "stub of java"),
        ("%%ode decay\nx' = -x", "%%ode decay\n..."),
        ("%%sde noisy --help\nx' = -x", "%%sde noisy --help\n..."),
        ("%%kotlin\n/// BEGIN SOLUTION\nval a = 1\n/// END SOLUTION\nval b = 2", "%%kotlin\nstub of kotlin\nval b = 2"),
        ("%%time\nint a = 1;", "%%time\nstub of java"),
    ],
)
def test_a_stub_where_all_of_a_cell_is_the_solution(source, stub):
    """The line of the magic stays; Kotlin has words of its own."""
    from odeum.grading import ClearSolutions

    clear = ClearSolutions(code_stub={"java": "stub of java", "kotlin": "stub of kotlin", "ode": "..."})
    flags = {"solution": True, "grade": False, "schema_version": 3}
    cell = new_code_cell(source, metadata={"nbgrader": flags})
    cell, resources = clear.preprocess_cell(cell, {"language": "java"}, 0)
    assert cell.source == stub
    assert resources == {"language": "java"}


@pytest.mark.parametrize("assignment, student", GRADED)
def test_each_submission_gets_its_points(graded, assignment, student):
    points = {cell: got[0] for cell, got in graded[assignment, student].items() if cell not in MANUAL}
    assert points == ASSIGNMENTS[assignment][student].points


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_written_answer_waits_for_the_lecturer(graded, assignment):
    answer = f"{assignment}-answer"
    assert graded[assignment, "good"][answer] == (None, True)
    assert graded[assignment, "untouched"][answer] == (0, False)


def test_an_untouched_cell_says_so(graded, course):
    autograded = cells(course / "autograded" / "untouched" / "solving" / "solving.ipynb")
    said = autograded["solving-sir"].outputs[0]
    assert "not written yet" in said.evalue and said.ename == "MagicException"
    assert autograded["solving-euler"].outputs[0].evalue == "not written yet"


def test_a_hostile_submission_tells_what_it_did(graded, course):
    def outputs(student, cell):
        return cells(course / "autograded" / student / "solving" / "solving.ipynb")[cell].outputs

    assert outputs("loop", "solving-order-tests")[-1].ename in ("CellTimeoutError", "Interrupted")
    assert "OutOfMemoryError" in outputs("memory-exit", "solving-order-tests")[-1].ename
    assert outputs("halt", "solving-order-tests")[-1].evalue == "The kernel ended in this cell."
    assert "ambiguous" in outputs("cheat", "solving-peak-tests")[-1].evalue
    printed = sum(len(output.get("text", "")) for output in outputs("flood", "solving-order-tests"))
    assert 1000 < printed < 300_000


def test_nobody_reaches_the_files_of_the_course(graded, course):
    for assignment in ASSIGNMENTS:
        original = COURSEWORK / "source" / assignment
        for file in original.iterdir():
            assert (course / "source" / assignment / file.name).read_bytes() == file.read_bytes()
    data = (COURSEWORK / "source" / "fitting" / "spring.csv").read_bytes()
    for student in ASSIGNMENTS["fitting"]:
        assert (course / "autograded" / student / "fitting" / "spring.csv").read_bytes() == data


def test_the_scores_are_exported(graded, course):
    nbgrader(course, "export")
    with open(course / "grades.csv", newline="") as file:
        rows = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    for assignment, student in GRADED:
        row = rows[assignment, student]
        expected = sum(ASSIGNMENTS[assignment][student].points.values())
        assert (float(row["score"]), float(row["max_score"])) == (expected, 20)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_solutions_run_without_a_word_on_stderr(graded, course, assignment):
    """The good submission is the source notebook, as it is."""
    executed = cells(course / "autograded" / "good" / assignment / f"{assignment}.ipynb")
    source = cells(COURSEWORK / "source" / assignment / f"{assignment}.ipynb")
    assert [cell.source for cell in executed.values()] == [cell.source for cell in source.values()]
    code = [cell for cell in executed.values() if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    kinds = {(output.output_type, output.get("name")) for cell in code for output in cell.outputs}
    assert kinds == {("display_data", None), ("stream", "stdout")} or kinds == {("display_data", None)}
    assert not [output for cell in code if cell.metadata.nbgrader.grade for output in cell.outputs], "a check shows something"
