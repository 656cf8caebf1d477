"""``./odeum bench``: reads the command line, runs cases, writes and prints results."""

from __future__ import annotations

import argparse
import datetime
import importlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Callable

from . import machine, memory, micro, quality, table
from .measure import OWN, Effort, measure
from .worker import Worker

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent
LOGS = ROOT / ".cache" / "bench"
# XLA takes as many threads as NPROC says; its flag of old does not hold for all of its work.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "NPROC": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
    "JAX_ENABLE_X64": "1",
    "PYTHONPATH": str(HERE),
}
# As the kernel starts its JVM.
JVM = ["-Xms32m", "-XX:-UsePerfData", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector"]


# What is no comparison with peers.
APART = ("jmh", "memory")


def say(text: str) -> None:
    print(f"odeum: {text}", file=sys.stderr, flush=True)


def cases() -> dict[str, str]:
    """The names of the cases, and the files in peers/ that hold them."""
    modules = sorted(file.stem for file in (HERE / "peers").glob("*.py"))
    files = [
        name for name in modules if name not in ("__init__", "case", "serve", "training") and not name.endswith("_quality")
    ]
    return {name.replace("_", "-"): name for name in files}


def case_in(file: str):
    return importlib.import_module(f"peers.{file}").CASE


def class_path() -> str:
    return f"{HERE}/target/odeum-benchmarks-0.1.0.jar:{HERE}/target/libraries/*"


def launches(file: str, case, task, inputs: Path, prefix: list[str], java: str, only: list[str]) -> dict[str, Callable[[], Worker]]:
    """How to start each side of a task."""
    options = [*JVM, "-Dodeum.threads=1", "-cp", class_path()]
    commands = {OWN: [java, *options, case.java, task.name, str(inputs)]}
    for peer in case.peers:
        commands[peer] = [sys.executable, "-m", "peers.serve", file, task.name, peer, str(inputs)]
    return {
        name: partial(Worker, [*prefix, *command], ONE_THREAD, LOGS / f"{case.name}-{task.name}-{name}.log")
        for name, command in commands.items()
        if name == OWN or not only or name in only
    }


def pinning(options) -> list[str]:
    """What keeps a process on the last core."""
    found = not options.no_pin and shutil.which("taskset") is not None
    return ["taskset", "-c", str((os.cpu_count() or 1) - 1)] if found else []


def run_case(name: str, file: str, options, java: str) -> dict:
    case = case_in(file)
    effort = Effort.quick() if options.quick else Effort()
    if options.rounds:
        effort = replace(effort, rounds=options.rounds)
    # A start is what a user sees, who has all cores.
    prefix = [] if case.starts else pinning(options)
    say(f"{name}: writing what all sides read ...")
    inputs = LOGS / f"{file}.txt"
    subprocess.run(
        [sys.executable, "-m", "peers.serve", file, "inputs", str(inputs)],
        check=True,
        env={**os.environ, **ONE_THREAD},
    )
    result = {
        "case": name,
        "title": case.title,
        "iteration": case.iteration,
        "starts": case.starts,
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": machine.commit(ROOT),
        "command": " ".join(["./odeum bench", name, *options.given]),
        "machine": machine.describe(java),
        "rounds": effort.rounds,
        "threads": f"one thread, on core {prefix[-1]} alone" if prefix else "one thread of computation",
        "tasks": [],
    }
    for task in case.tasks:
        say(f"{name}, {task.name}:")
        sides = launches(file, case, task, inputs, prefix, java, options.only)
        result["tasks"].append(measure(task, case.block, case.starts, sides, effort, say))
    return result


def sound(result: dict) -> bool:
    """Whether our side ran and all sides that ran did the same work."""
    sides = [part["sides"] for part in result["tasks"]]
    return all("failure" not in side[OWN] for side in sides) and all(
        report.get("agrees", True) for side in sides for report in side.values()
    )


def save(folder: Path, result: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{result['case']}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    (folder / f"{result['case']}.md").write_text(table.document(result))


def saved(folder: Path) -> list[dict]:
    files = sorted(
        file for file in folder.glob("*.json") if file.stem not in APART and not file.stem.endswith("-quality")
    )
    return [json.loads(file.read_text()) for file in files]


def run_quality(known: dict[str, str], options, java: list[str]) -> int:
    """Long trainings of the named cases, or of all that have any."""
    for name in options.names:
        if name not in known:
            say(f"'{name}' has no long trainings: --quality takes cases. Known: {' '.join(known)}")
            return 2
    found = {name: case_in(known[name]).quality for name in options.names or known}
    for name in options.names:
        if found[name] is None:
            say(f"the case '{name}' has no long trainings. It is timed without --quality")
            return 2
    good = True
    for name, work in found.items():
        if work is not None:
            result = quality.run(name, work, java, pinning(options), ONE_THREAD, options, ROOT, LOGS, say)
            good = good and (options.quick or all(goal["good"] for goal in result["goals"]))
            print(quality.document(result), flush=True)
            if not options.quick:
                quality.save(options.results, result)
                say(f"kept in {options.results}/{name}-quality.md and .json")
    return 0 if good else 1


def parser() -> argparse.ArgumentParser:
    known = argparse.ArgumentParser(
        prog="./odeum bench",
        description="Times Odeum and its peers by turns. Without a name, every case.",
        epilog=f"Cases: {' '.join(cases())}. 'table' shows the results of this clone, 'jmh' runs the"
        " micro-benchmarks whose names match what follows, 'memory' shows what gradients allocate.",
    )
    known.add_argument("names", nargs="*", metavar="NAME", help="a case, 'table', 'memory' or 'jmh [PATTERN]'")
    known.add_argument("--quick", action="store_true", help="few and short rounds; results are not kept")
    known.add_argument("--quality", action="store_true", help="the long trainings of a case, for what they reach")
    known.add_argument("--rounds", type=int, metavar="N", help="how often each side is timed")
    known.add_argument("--only", action="append", metavar="PEER", help="leave out the other peers", default=[])
    known.add_argument("--no-pin", action="store_true", help="let processes move between cores")
    known.add_argument("--results", type=Path, default=HERE / "results", metavar="FOLDER", help="where results go")
    known.add_argument("--needs", action="store_true", help=argparse.SUPPRESS)
    return known


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    known = cases()
    for name in options.names if options.names[:1] != ["jmh"] else []:
        if name not in [*known, "memory", "table"]:
            say(f"there is no case '{name}'. Known: {' '.join(known)}, and table, memory, jmh")
            return 2
    if options.needs and options.quality:
        found = [case_in(known[name]) for name in options.names or known if name in known]
        print("peers" if any(case.quality and case.quality.needs_peers() for case in found) else "quality")
        return 0
    if options.needs:
        print(options.names[0] if options.names[:1] in (["jmh"], ["memory"], ["table"]) else "peers")
        return 0
    options.given = [word for word in arguments if word not in options.names]
    java = os.path.join(os.environ.get("JAVA_HOME", ""), "bin", "java")
    if options.quality:
        return run_quality(known, options, [java, *JVM, "-Dodeum.threads=1", "-cp", class_path()])
    if options.names[:1] == ["table"]:
        print(table.summary(saved(options.results)))
        return 0
    if options.names[:1] == ["jmh"]:
        return micro.run([java, "-cp", class_path()], options, ROOT)
    if options.names[:1] == ["memory"]:
        return memory.run([java, *JVM, "-Dodeum.threads=1", "-cp", class_path()], options, ROOT)
    timed = [name for name in known if case_in(known[name]).tasks]
    for name in options.names:
        if name not in timed:
            say(f"the case '{name}' is not timed: it has long trainings only. Add --quality")
            return 2
    good = True
    for name in options.names or timed:
        result = run_case(name, known[name], options, java)
        good = sound(result) and good
        print(table.document(result), flush=True)
        if not options.quick:
            save(options.results, result)
            say(f"kept in {options.results}/{name}.md and .json")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
