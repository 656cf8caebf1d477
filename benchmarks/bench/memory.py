"""``./odeum bench memory``: what gradients through a solve allocate, by adjoint and number of steps."""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path

from . import machine, table

# Adjoints whose memory must not grow with the steps, and by how much it may.
FLAT = ("backsolve", "reversible")
BOUND = 1.1


def parse(text: str) -> list[dict]:
    names = ("solver", "adjoint", "steps", "value", "gradient")
    lines = [line.split() for line in text.splitlines()]
    return [{n: v if n in names[:2] else int(v) for n, v in zip(names, line)} for line in lines]


def size(count: float) -> str:
    return f"{count / 1e6:.3g} MB" if count >= 1e6 else f"{count / 1e3:.3g} kB"


def backward(row: dict) -> int:
    """What the gradient allocates beyond the loss: the record of the solve, and the way back."""
    return row["gradient"] - row["value"]


def growth(rows: list[dict]) -> float:
    few = min(rows, key=lambda row: row["steps"])
    many = max(rows, key=lambda row: row["steps"])
    return backward(many) / backward(few)


def groups(rows: list[dict]) -> list[list[dict]]:
    """The rows of each solver with each adjoint."""
    by: dict[tuple[str, str], list[dict]] = {}
    for row in rows:
        by.setdefault((row["solver"], row["adjoint"]), []).append(row)
    return list(by.values())


def flat(rows: list[dict]) -> bool:
    return all(growth(group) <= BOUND for group in groups(rows) if group[0]["adjoint"] in FLAT)


def document(rows: list[dict], described: dict, commit: str, date: str) -> str:
    steps = sorted({row["steps"] for row in rows})
    grid = table.grid(
        ["solver", "adjoint", *[f"{count:,} steps" for count in steps], "growth"],
        [
            [group[0]["solver"], group[0]["adjoint"], *[size(backward(row)) for row in group], table.times(growth(group))]
            for group in groups(rows)
        ],
    )
    lines = [
        "# memory",
        "",
        "y' = tanh(W y) with 16 values from 0 to 1, steps of one size: what the first gradient of a program",
        "allocates beyond the loss alone, by the allocation counter of its thread. Later gradients use it again.",
        "",
        grid,
        "",
        f"{date}, commit {commit}, `./odeum bench memory`. {described['processor']}; {described['jdk']}.",
        "",
    ]
    return "\n".join(lines)


def run(java: list[str], options, root: Path) -> int:
    done = subprocess.run([*java, "odeum.bench.Memory"], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        return done.returncode
    rows = parse(done.stdout)
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    text = document(rows, machine.describe(java[0]), machine.commit(root), date)
    print(text)
    if not options.quick:
        options.results.mkdir(parents=True, exist_ok=True)
        (options.results / "memory.md").write_text(text)
        (options.results / "memory.json").write_text(json.dumps(rows, indent=1) + "\n")
    return 0 if flat(rows) else 1
