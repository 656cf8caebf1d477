"""The runner of the benchmarks, with sides that only claim to work. Nothing here is timed."""

import importlib
import json
import math
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BENCHMARKS))

from bench import __main__ as command  # noqa: E402
from bench import memory, quality, table  # noqa: E402
from bench.measure import Effort, measure  # noqa: E402
from bench.worker import Failed, Worker  # noqa: E402
from peers.case import INPUTS, Goal, Quality, Ratio, Task  # noqa: E402

EFFORT = Effort(rounds=4, warm=0, block=1e-9, slow=100, slow_rounds=1)
RESULT = {
    "case": "fake",
    "title": "Nothing.",
    "iteration": "step",
    "starts": False,
    "date": "2026-01-02 03:04 UTC",
    "commit": "abc",
    "command": "./odeum bench fake",
    "rounds": 4,
    "threads": "one thread",
    "machine": dict.fromkeys(
        ("processor", "cores", "vectors", "caches", "system", "jdk", "python", "load"), "some"
    ),
}


@pytest.fixture
def fake(tmp_path):
    """Launches of sides by name: seconds an iteration, the check value, a mishap."""

    def launches(**sides):
        script = str(BENCHMARKS / "tests" / "fake_side.py")
        return {
            name: partial(
                Worker,
                [sys.executable, script, name, str(seconds), str(value), str(tmp_path / "diary"), *mishap],
                {},
                tmp_path / f"{name}.log",
                limit=20,
            )
            for name, (seconds, value, *mishap) in sides.items()
        }

    launches.diary = lambda: (tmp_path / "diary").read_text().splitlines()
    return launches


def report(launches, task=Task("work"), effort=EFFORT, fresh=False):
    return measure(task, 10, fresh, launches, effort, lambda text: None)["sides"]


def test_ratios_and_their_spread(fake):
    sides = report(fake(odeum=(0.002, 1.0), peer=(0.006, 1.0)), Task("work", goals={"peer": 2}))
    assert sides["odeum"]["wall"]["median"] == pytest.approx(0.002)
    assert sides["odeum"]["cpu"]["median"] == pytest.approx(0.004)
    for part in ("wall", "cpu"):
        ratio = sides["peer"]["ratio"][part]
        assert ratio["rounds"] == 4
        assert [ratio[key] for key in ("low", "median", "high")] == pytest.approx([3, 3, 3])
    assert sides["peer"]["goal"] == 2 and "ratio" not in sides["odeum"]
    assert sides["peer"]["first"]["call"] == 0.5 and sides["peer"]["versions"] == {"peer": "1.0"}
    assert sides["peer"]["memory"] > 0


def test_sides_take_turns(fake):
    report(fake(odeum=(1, 1.0), peer=(2, 1.0)))
    lines = fake.diary()
    assert all(line.endswith(" run 1 10") for line in lines)
    warming, rounds = lines[:2], [line.split()[0] for line in lines[2:]]
    assert [line.split()[0] for line in warming] == ["odeum", "peer"]
    assert rounds == ["odeum", "peer", "peer", "odeum"] * 2


def test_fast_sides_repeat_their_block(fake):
    report(fake(odeum=(0.001, 1.0)), effort=replace(EFFORT, block=0.25))
    assert fake.diary()[-1] == "odeum run 25 10"


def test_a_slow_side_sits_out(fake):
    effort = replace(EFFORT, slow=5)
    sides = report(fake(odeum=(0.1, 1.0), peer=(0.9, 1.0)), effort=effort)
    assert sides["odeum"]["wall"]["rounds"] == 4
    assert sides["peer"]["wall"]["rounds"] == sides["peer"]["ratio"]["wall"]["rounds"] == 1
    assert sides["peer"]["ratio"]["wall"]["median"] == pytest.approx(9)


def test_fresh_processes(fake):
    sides = report(fake(odeum=(1, 1.0), peer=(1, 1.0)), fresh=True)
    for side in sides.values():
        assert side["wall"]["rounds"] == 4 and side["call"]["median"] == 0.5
        assert side["wall"]["low"] > 0 and side["memory"] > 0
    assert sides["peer"]["ratio"]["call"]["median"] == 1


@pytest.mark.parametrize(
    "own, other, agrees",
    [(1, 1 + 1e-9, True), (1, 1 + 2e-8, False), (1e6, 1e6 + 1e-3, True), (1, math.nan, False)],
)
def test_check_values(fake, own, other, agrees):
    sides = report(fake(odeum=(1, own), peer=(1, other)))
    assert sides["peer"]["agrees"] is agrees
    assert command.sound({"tasks": [{"sides": sides}]}) is agrees
    text = table.agreement(sides["peer"])
    assert text.startswith("loss ") and ("DIFFERS, bound 1e-08" in text) is not agrees


def test_a_bound_of_its_own(fake):
    launches = fake(odeum=(1, 1.0), peer=(1, 1.0001), other=(1, 1.0001))
    sides = report(launches, Task("work", agree=1e-8, loose={"peer": 1e-3}))
    assert sides["peer"]["agrees"] and not sides["other"]["agrees"]
    sides = report(launches, Task("work", agree=1e-8, loose={"loss": 1e-3}))
    assert sides["peer"]["agrees"] and sides["other"]["agrees"]


@pytest.mark.parametrize(
    "mishap, reason",
    [("crash", "MemoryError: no room for this"), ("noise", "answered 'hello from a library'")],
)
def test_a_side_that_fails(fake, mishap, reason):
    sides = report(fake(odeum=(1, 1.0), peer=(1, 1.0, mishap), other=(3, 1.0)))
    assert reason in sides["peer"]["failure"]
    assert sides["other"]["ratio"]["wall"]["median"] == 3
    text = table.document({**RESULT, "tasks": [{"task": "work", "sides": sides}]})
    assert "| peer  | did not run |" in text and f"peer did not run: {sides['peer']['failure']}" in text
    assert command.sound({"tasks": [{"sides": sides}]})
    own = report(fake(odeum=(1, 1.0, mishap), peer=(1, 1.0)))
    assert not command.sound({"tasks": [{"sides": own}]}) and "ratio" not in own["peer"]


def test_a_side_that_hangs(fake):
    launch = fake(peer=(1, 1.0, "hang"))["peer"]
    with launch() as worker, pytest.raises(Failed, match="no answer in 0.5 s"):
        worker.limit = 0.5
        worker.first()


def test_results_are_kept_and_shown(fake, tmp_path):
    sides = report(fake(odeum=(0.002, 1.0), peer=(0.006, 1.0)), Task("work", goals={"peer": 2}))
    command.save(tmp_path / "results", {**RESULT, "tasks": [{"task": "work", "sides": sides}]})
    text = (tmp_path / "results" / "fake.md").read_text()
    row = next(line for line in text.splitlines() if line.startswith("| peer"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1:6] == ["6 ms", "12 ms", "3x (3x to 3x)", "3x (3x to 3x)", "2x"]
    assert "2026-01-02 03:04 UTC, commit abc" in text and "peer 1.0" in text
    results = command.saved(tmp_path / "results")
    assert results[0]["tasks"][0]["sides"]["peer"]["ratio"]["wall"]["median"] == pytest.approx(3)
    assert "| fake, work | 2 ms  | peer | 6 ms  | 3x (3x to 3x)" in table.summary(results)


@pytest.mark.parametrize(
    "value, text", [(3.4, "3.4 s"), (0.0057, "5.7 ms"), (6.2e-5, "62 µs"), (4e-10, "0.4 ns")]
)
def test_seconds(value, text):
    assert table.seconds(value) == text


@pytest.mark.parametrize("name, file", command.cases().items())
def test_cases(name, file):
    """They can be read without any peer, and both halves are there."""
    module = importlib.import_module(f"peers.{file}")
    assert module.CASE.name == name
    assert set(module.SIDES) == set(module.CASE.peers)
    assert (BENCHMARKS / "src/main/java" / (module.CASE.java.replace(".", "/") + ".java")).is_file()
    for task in module.CASE.tasks:
        assert set(task.goals) <= set(module.CASE.peers)
        assert task.bound("anyone", "anything") == task.agree > 0


def test_command_line(tmp_path):
    def run(*words):
        return subprocess.run(
            ["./odeum", "bench", *words], cwd=BENCHMARKS.parent, capture_output=True, text=True, timeout=60
        )

    listed = run("--help")
    assert listed.returncode == 0 and "spiral-adjoint" in listed.stdout
    (tmp_path / "one.json").write_text(json.dumps({**RESULT, "tasks": [{"task": "work", "sides": {
        "odeum": {"failure": "gone"}, "peer": {"failure": "gone"}}}]}))
    shown = run("table", "--results", str(tmp_path))
    assert shown.returncode == 0, shown.stderr
    assert "fake, work" in shown.stdout and "did not run" in shown.stdout


def test_an_unknown_case(capsys):
    assert command.main(["spirral"]) == 2
    assert "there is no case 'spirral'" in capsys.readouterr().err


def test_memory_that_grows_is_told():
    text = "alf direct 100 20 120\nalf direct 10000 20 10020\nalf reversible 100 20 120\nalf reversible 10000 20 {}\n"
    rows = memory.parse(text.format(130))
    assert memory.flat(rows)
    assert not memory.flat(memory.parse(text.format(131)))
    written = memory.document(rows, {"processor": "some", "jdk": "25"}, "abc", "today")
    assert "| alf    | direct     | 0.1 kB    | 10 kB        | 100x   |" in written
    assert "1.1x" in written


@pytest.fixture
def trainings(tmp_path):
    """Long trainings by a script in place of a main class: a line per seed."""
    script = tmp_path / "trainings.py"
    script.write_text(
        "import json, sys\n"
        "for seed in sys.argv[1:]:\n"
        "    print(json.dumps({'seed': int(seed), 'kind': 'net', 'accuracy': 0.9 + int(seed) / 100}))\n"
    )
    return Quality(
        title="Nothing.",
        java=str(script),
        arguments=("1", "2", "6"),
        quick=("1",),
        goals=(Goal("accuracy", 0.92), Goal("accuracy", 0.93, of="median", where={"kind": "net"})),
    )


def rows_of(trainings, quick=False, only=()):
    calls = quality.commands(trainings, [sys.executable], [sys.executable], Path("all"), quick, only)
    return quality.rows_of(calls, {"PYTHONPATH": trainings.arguments[0]} if trainings.peers else {}, lambda text: None)


def written(rows, trainings):
    goals = quality.reached(rows, trainings)
    return quality.document({**RESULT, "rows": rows, "goals": goals, "summary": quality.summary(rows, trainings)})


def test_long_trainings_become_a_table_with_what_was_to_reach(trainings):
    rows = rows_of(trainings)
    assert [row["seed"] for row in rows] == [1, 2, 6]
    goals = quality.reached(rows, trainings)
    assert [goal["good"] for goal in goals] == [True, False]
    mean, median = quality.summary(rows, trainings)
    assert mean == {"of": "mean", "accuracy": pytest.approx(0.93)}
    assert median == {"of": "median", "accuracy": pytest.approx(0.92)}
    text = written(rows, trainings)
    assert "| mean   | 0.93     |" in text
    assert "* mean accuracy >= 0.92: 0.93." in text
    assert "* median accuracy, kind net >= 0.93: 0.92, NOT REACHED." in text


def test_a_glance_at_long_trainings_takes_other_arguments(trainings):
    assert len(rows_of(trainings, quick=True)) == 1


@pytest.fixture
def turns(tmp_path):
    """Both sides are scripts: the peer errs by a tenth, and needs three times as long."""
    text = (
        "import json, sys\n"
        "*_, kind, seed = sys.argv\n"
        "print(json.dumps({'kind': kind, 'seed': int(seed), 'error': %s, 'seconds': %s}))\n"
    )
    (tmp_path / "own.py").write_text(text % ("0.2 if kind == 'a' else 0.05", 2))
    (tmp_path / "other.py").write_text(text % ("0.1", 6))
    return Quality(
        title="Nothing.",
        java=str(tmp_path / "own.py"),
        arguments=(str(tmp_path), INPUTS),
        quick=("x",),
        keys=("seed",),
        groups=("kind",),
        runs=(("a", "1"), ("a", "2"), ("b", "1")),
        peers={"other": ("other", INPUTS)},
        goals=(
            Goal("error", 0.01, at_least=False, where={"kind": "a"}, beside="other"),
            Goal("error", 0.01, at_least=False, where={"kind": "b"}, beside="other"),
            Ratio("seconds", "other", 2.5),
            Ratio("seconds", "other", 3.5, where={"kind": "a"}),
            Ratio("seconds", "nobody", 1),
        ),
    )


def test_peers_take_turns_in_long_trainings(turns):
    rows = rows_of(turns)
    assert [(row["side"], row["kind"]) for row in rows] == [
        ("Odeum", "a"),
        ("other", "a"),
        ("Odeum", "a"),
        ("other", "a"),
        ("Odeum", "b"),
        ("other", "b"),
    ]
    goals = quality.reached(rows, turns)
    assert [goal["good"] for goal in goals] == [False, True, True, False]
    assert goals[1]["reached"] == 0.05 and goals[1]["beside"] == 0.1
    assert goals[2]["reached"] == pytest.approx(3)
    text = written(rows, turns)
    assert "error, kind a <= 0.01, or no worse than other: 0.2 beside 0.1, NOT REACHED." in text
    assert "seconds, other / Odeum >= 2.5: 3." in text
    assert "| median | other | a    | 0.1   | 6       |" in text


def test_without_the_peer_only_the_bound_counts(turns):
    rows = rows_of(turns, only=["someone else"])
    assert all("side" not in row for row in rows)
    assert [goal["good"] for goal in quality.reached(rows, turns)] == [False, False]


def test_long_trainings_that_fail_are_told(trainings, tmp_path):
    broken = replace(trainings, arguments=("no number",))
    with pytest.raises(subprocess.CalledProcessError):
        rows_of(broken)


def test_long_trainings_need_peers_where_they_take_part(capsys):
    assert command.main(["--needs", "--quality", "digits"]) == 0
    assert capsys.readouterr().out == "quality\n"
    assert command.main(["--needs", "--quality", "cnf"]) == 0
    assert capsys.readouterr().out == "peers\n"


def test_cases_without_long_trainings_are_told(capsys):
    assert command.main(["--quality", "gemm"]) == 2
    assert command.main(["--quality", "memory"]) == 2
    assert "gemm" in capsys.readouterr().err


def test_a_case_of_long_trainings_only_is_not_timed(capsys):
    assert command.main(["robustness"]) == 2
    assert "Add --quality" in capsys.readouterr().err


def test_results_of_long_trainings_are_no_rows_of_the_summary(tmp_path):
    (tmp_path / "digits-quality.json").write_text("{}")
    assert command.saved(tmp_path) == []
