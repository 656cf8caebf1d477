"""``./odeum bench --quality``: long trainings and sweeps over seeds, for what they reach and not for time.

A main class prints a line of JSON per training; its numbers become a table with their mean and median.
"""

from __future__ import annotations

import datetime
import json
import statistics
import subprocess
from pathlib import Path
from typing import Callable

from . import machine, table


def rows_of(java: list[str], quality, quick: bool, say: Callable[[str], None]) -> list[dict]:
    """What the trainings print, line by line as they end. What they say on the way is shown."""
    arguments = quality.quick if quick else quality.arguments
    rows = []
    with subprocess.Popen([*java, quality.java, *arguments], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            rows.append(json.loads(line))
            say("  " + ", ".join(f"{name} {shown(value)}" for name, value in rows[-1].items()))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, quality.java)
    return rows


def numbers(rows: list[dict], name: str) -> list[float]:
    return [row[name] for row in rows if isinstance(row.get(name), (int, float))]


def summary(rows: list[dict], quality, of: Callable[[list[float]], float]) -> dict[str, float]:
    """The mean, or another number, of every column that is not what tells the trainings apart."""
    names = [name for name in rows[0] if name not in quality.keys]
    return {name: of(values) for name in names if (values := numbers(rows, name))}


def reached(rows: list[dict], quality) -> list[dict]:
    """Each goal, with what was reached."""
    found = []
    for goal in quality.goals:
        own = [row for row in rows if all(row.get(name) == value for name, value in goal.where.items())]
        value = {"mean": statistics.fmean, "median": statistics.median}[goal.of](numbers(own, goal.column))
        good = value >= goal.bound if goal.at_least else value <= goal.bound
        found.append({"goal": str(goal), "reached": value, "good": good})
    return found


def shown(value) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.4g}"


def document(result: dict) -> str:
    rows = result["rows"]
    names = list(rows[0])
    cells = [[shown(row.get(name, "")) for name in names] for row in rows]
    for name in ("mean", "median") if len(rows) > 1 else ():
        cells.append([name, *[shown(result[name].get(column, "")) for column in names[1:]]])
    described = result["machine"]
    goals = [
        f"{goal['goal']}: {shown(goal['reached'])}{'' if goal['good'] else ', NOT REACHED'}." for goal in result["goals"]
    ]
    lines = [
        f"# {result['case']}, quality",
        "",
        result["title"],
        "",
        table.grid(names, cells),
        "",
        *goals,
        *([""] if goals else []),
        f"{result['date']}, commit {result['commit']}, `{result['command']}`. The numbers, but for seconds, depend on"
        " no machine.",
        f"{described['processor']}, {described['cores']} cores, {described['vectors']}, load {described['load']} at the"
        f" start; {described['jdk']}.",
        "",
    ]
    return "\n".join(lines)


def run(name: str, quality, java: list[str], options, root: Path, say: Callable[[str], None]) -> dict:
    described = machine.describe(java[0])
    say(f"{name}, quality:")
    rows = rows_of(java, quality, options.quick, say)
    return {
        "case": name,
        "title": quality.title,
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": machine.commit(root),
        "command": " ".join(["./odeum bench", name, *options.given]),
        "machine": described,
        "rows": rows,
        "mean": summary(rows, quality, statistics.fmean),
        "median": summary(rows, quality, statistics.median),
        "goals": reached(rows, quality),
    }


def save(folder: Path, result: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{result['case']}-quality.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    (folder / f"{result['case']}-quality.md").write_text(document(result))
