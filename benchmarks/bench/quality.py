"""``./odeum bench --quality``: long trainings and sweeps over seeds, for what they reach and not for time.

A main class prints a line of JSON per training; its numbers become a table with their mean and median.
Where the peers have such trainings too, the sides take turns.
"""

from __future__ import annotations

import datetime
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Callable

from peers.case import INPUTS, Goal, Ratio

from . import machine, table
from .measure import OWN


MEANS = {"mean": statistics.fmean, "median": statistics.median}


def commands(
    quality, java: list[str], python: list[str], inputs: Path, quick: bool, only: list[str]
) -> list[tuple[str, list[str]]]:
    """The sides and what they are called by, in turns."""
    found = []
    for run in quality.runs[:1] if quick else quality.runs:
        own = [*java, quality.java, *(quality.quick if quick else quality.arguments), *run]
        found.append((OWN, own))
        for peer, words in quality.peers.items():
            if not quick and (not only or peer in only):
                found.append((peer, [*python, "-m", *words, *run]))
    return [(side, [str(inputs) if word == INPUTS else word for word in words]) for side, words in found]


def rows_of(calls: list[tuple[str, list[str]]], environ: dict[str, str], say: Callable[[str], None]) -> list[dict]:
    """What the trainings print, line by line as they end. What they say on the way is shown."""
    rows = []
    several = len({side for side, _ in calls}) > 1
    for side, call in calls:
        with subprocess.Popen(call, stdout=subprocess.PIPE, text=True, env={**os.environ, **environ}) as process:
            for line in process.stdout:
                row = json.loads(line)
                rows.append({"side": table.label(side), **row} if several else row)
                say("  " + ", ".join(f"{name} {shown(value)}" for name, value in rows[-1].items()))
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, side)
    return rows


def numbers(rows: list[dict], name: str) -> list[float]:
    return [row[name] for row in rows if isinstance(row.get(name), (int, float))]


def summary(rows: list[dict], quality) -> list[dict]:
    """The mean and the median of every column that is not what tells the trainings apart, by groups."""
    groups = [name for name in ("side", *quality.groups) if name in rows[0]]
    names = [name for name in rows[0] if name not in (*quality.keys, *groups)]
    found: dict[tuple, list[dict]] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in groups), []).append(row)
    return [
        {"of": kind, **dict(zip(groups, group)), **{name: of(values) for name in names if (values := numbers(own, name))}}
        for group, own in found.items()
        if len(own) > 1
        for kind, of in MEANS.items()
    ]


def value(rows: list[dict], side: str, column: str, of: str, where: dict) -> float | None:
    own = [
        row
        for row in rows
        if row.get("side", table.label(OWN)) == table.label(side)
        and all(row.get(name) == wanted for name, wanted in where.items())
    ]
    found = numbers(own, column)
    return MEANS[of](found) if found else None


def ratio(goal: Ratio, rows: list[dict]) -> dict | None:
    own = value(rows, OWN, goal.column, "mean", goal.where)
    peer = value(rows, goal.peer, goal.column, "mean", goal.where)
    if own is None or peer is None:
        return None
    return {"goal": str(goal), "reached": peer / own, "good": peer / own >= goal.bound}


def level(goal: Goal, rows: list[dict]) -> dict | None:
    own = value(rows, OWN, goal.column, goal.of, goal.where)
    if own is None:
        return None
    peer = value(rows, goal.beside, goal.column, goal.of, goal.where) if goal.beside else None
    bounds = [bound for bound in (goal.bound, peer) if bound is not None]
    good = any(own >= bound if goal.at_least else own <= bound for bound in bounds)
    beside = {} if peer is None else {"beside": peer}
    return {"goal": str(goal), "reached": own, **beside, "good": good}


def reached(rows: list[dict], quality) -> list[dict]:
    """Each goal, with what was reached. One that needs a peer who did not run is left out."""
    found = [ratio(goal, rows) if isinstance(goal, Ratio) else level(goal, rows) for goal in quality.goals]
    return [goal for goal in found if goal is not None]


def shown(value) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.4g}"


def line(goal: dict) -> str:
    peer = f" beside {shown(goal['beside'])}" if "beside" in goal else ""
    return f"{goal['goal']}: {shown(goal['reached'])}{peer}{'' if goal['good'] else ', NOT REACHED'}."


def document(result: dict) -> str:
    rows = result["rows"]
    names = list(rows[0])
    cells = [[shown(row.get(name, "")) for name in names] for row in rows]
    goals = [f"* {line(goal)}" for goal in result["goals"]]
    described = result["machine"]
    parts = [f"# {result['case']}, quality", result["title"], table.grid(names, cells)]
    if result["summary"]:
        means = [name for name in ("of", *names) if name in result["summary"][0]]
        parts.append(table.grid(means, [[shown(row.get(name, "")) for name in means] for row in result["summary"]]))
    parts.extend(["\n".join(goals)] if goals else [])
    parts.append(
        f"{result['date']}, commit {result['commit']}, `{result['command']}`. The numbers of Odeum, but for seconds,"
        f" depend on no machine.\n{described['processor']}, {described['cores']} cores, {described['vectors']},"
        f" load {described['load']} at the start; {described['jdk']}."
    )
    return "\n\n".join(parts) + "\n"


def run(
    name: str, quality, java: list[str], prefix: list[str], environ: dict[str, str], options, root: Path, logs: Path, say
) -> dict:
    described = machine.describe(java[0])
    inputs = logs / f"{name}-quality.txt"
    if quality.inputs:
        say(f"{name}, quality: writing what all sides read ...")
        logs.mkdir(parents=True, exist_ok=True)
        call = [sys.executable, "-m", *quality.inputs, str(inputs)]
        subprocess.run(call, check=True, stdout=sys.stderr, env={**os.environ, **environ})
    say(f"{name}, quality:")
    python = [*prefix, sys.executable]
    calls = commands(quality, [*prefix, *java], python, inputs, options.quick, options.only)
    rows = rows_of(calls, environ, say)
    return {
        "case": name,
        "title": quality.title,
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": machine.commit(root),
        "command": " ".join(["./odeum bench", name, *options.given]),
        "machine": described,
        "rows": rows,
        "summary": summary(rows, quality),
        "goals": reached(rows, quality),
    }


def save(folder: Path, result: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{result['case']}-quality.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    (folder / f"{result['case']}-quality.md").write_text(document(result))
