"""What a case is. Standard library only: the runner imports it without any peer."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Task:
    """A row of comparisons: what the sides are told to do, and what Odeum wants to reach.

    ``goals`` has, per peer, how many times faster Odeum is to be; ``agree`` how far the check values
    of a peer may be from Odeum's, relatively above one and absolutely below. In ``loose`` are peers
    and values with bounds of their own: where other steps are chosen, values differ by what the
    tolerance allows.
    """

    name: str
    goals: dict[str, float] = field(default_factory=dict)
    agree: float = 1e-8
    loose: dict[str, float] = field(default_factory=dict)

    def bound(self, side: str, value: str) -> float:
        return max(self.agree, self.loose.get(side, 0), self.loose.get(value, 0))


def _rows(where: dict[str, object]) -> str:
    return "".join(f", {name} {value}" for name, value in where.items())


@dataclass(frozen=True)
class Goal:
    """What the mean or the median of a column is to reach, over the rows whose columns are as in ``where``.

    With ``beside``, the name of a peer, it is enough to be no worse than the peer in its own rows.
    """

    column: str
    bound: float
    at_least: bool = True
    of: str = "mean"
    where: dict[str, object] = field(default_factory=dict)
    beside: str = ""

    def __str__(self) -> str:
        other = f", or no worse than {self.beside}" if self.beside else ""
        return f"{self.of} {self.column}{_rows(self.where)} {'>=' if self.at_least else '<='} {self.bound:g}{other}"


@dataclass(frozen=True)
class Ratio:
    """How many times as much of something, seconds as a rule, a peer is to need for the same rows."""

    column: str
    peer: str
    bound: float
    where: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.column}{_rows(self.where)}, {self.peer} / Odeum >= {self.bound:g}"


@dataclass(frozen=True)
class Quality:
    """Long trainings: a main class that prints a line of JSON, flat, for each.

    Each of ``runs`` is a process with these words after ``arguments``; the peers' processes, which
    are a module of Python and its arguments each, take turns with it. ``quick`` are the arguments of a
    glance, for the first of the runs. ``inputs``, a module and its arguments, writes what all sides read
    to a file whose name stands for INPUTS. ``keys`` are the columns that tell trainings apart, ``groups``
    those of them by which means are taken.
    """

    title: str
    java: str
    arguments: tuple[str, ...]
    quick: tuple[str, ...]
    goals: tuple[Goal | Ratio, ...] = ()
    keys: tuple[str, ...] = ("seed",)
    groups: tuple[str, ...] = ()
    runs: tuple[tuple[str, ...], ...] = ((),)
    inputs: tuple[str, ...] = ()
    peers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def needs_peers(self) -> bool:
        return bool(self.inputs or self.peers)


INPUTS = "{inputs}"


@dataclass(frozen=True)
class Case:
    """``peers`` names for each peer the modules it imports; a block is timed as a whole.

    With ``starts`` the time is that from process start to the end of the first iteration.
    """

    name: str
    title: str
    iteration: str
    java: str
    peers: dict[str, tuple[str, ...]]
    tasks: tuple[Task, ...]
    block: int = 1
    starts: bool = False
    quality: Quality | None = None

    def task(self, name: str) -> Task:
        return next(task for task in self.tasks if task.name == name)


def trained(name: str, quality: Quality) -> Case:
    """A case of long trainings only: nothing is timed, and no peer takes part."""
    return Case(name=name, title="", iteration="", java=quality.java, peers={}, tasks=(), quality=quality)


def write(file: Path, arrays) -> None:
    """A line per array: name, extents and values, with bars between. Doubles are exact in decimal."""
    import numpy

    lines = []
    for name, values in arrays.items():
        values = numpy.asarray(values, dtype=float)
        extents = " ".join(map(str, values.shape))
        lines.append(f"{name}|{extents}|{' '.join(map(repr, values.ravel().tolist()))}\n")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(lines))


def read(file: Path):
    """The arrays of a file, by name."""
    import numpy

    arrays = {}
    for line in file.read_text().splitlines():
        name, extents, values = line.split("|")
        shape = tuple(map(int, extents.split()))
        arrays[name] = numpy.array(values.split(), dtype=float).reshape(shape)
    return arrays
