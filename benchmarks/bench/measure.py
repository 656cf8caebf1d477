"""Times the sides of a task by turns, so that a slow minute of the machine slows all of them."""

from __future__ import annotations

import math
import statistics
import time
from dataclasses import dataclass
from typing import Callable, Mapping

from .worker import Failed, Worker

OWN = "odeum"


@dataclass(frozen=True)
class Effort:
    """How long to measure: rounds, seconds of warming and of a timed block, rounds of a slow side.

    Blocks are not shorter because the JVM counts a process's CPU in hundredths of a second. Warming is as
    long as a JVM needs that compiles on the core it computes on.
    """

    rounds: int = 15
    warm: float = 25
    block: float = 0.4
    slow: float = 1.5
    slow_rounds: int = 3

    @staticmethod
    def quick() -> "Effort":
        return Effort(rounds=3, warm=1, block=0.05, slow=0.5, slow_rounds=1)


def spread(values: list[float]) -> dict[str, float]:
    """Median and quartiles."""
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return {"median": middle, "low": low, "high": high, "rounds": len(values)}


def difference(a: float, b: float) -> float:
    """Relative above one, absolute below."""
    if math.isnan(a) or math.isnan(b):
        return math.inf
    return abs(a - b) / max(1.0, abs(b))


def differences(own: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {name: difference(own[name], other[name]) for name in own if name in other}


def ratios(own: list[dict], other: list[dict], part: str) -> dict[str, float]:
    """How many times longer the other side took, round by round where both took part."""
    mine = {sample["round"]: sample for sample in own}
    return spread(
        [sample[part] / max(mine[sample["round"]][part], 1e-12) for sample in other if sample["round"] in mine]
    )


class Side:
    """A side of a task while it is measured. What it cannot do ends up in ``failure``."""

    def __init__(self, name: str, launch: Callable[[], Worker]):
        self.name = name
        self.launch = launch
        self.worker: Worker | None = None
        self.first: dict = {}
        self.samples: list[dict] = []
        self.repeats = 1
        self.seconds = 0.0
        self.failure: str | None = None

    def attempt(self, action: Callable[[], None]) -> None:
        if self.failure:
            return
        try:
            action()
        except Failed as reason:
            self.failure = str(reason)
            self.end()

    def end(self) -> None:
        if self.worker:
            self.worker.close()

    def start(self) -> None:
        self.worker = self.launch()
        self.first = self.worker.first()

    def warm(self, block: int, effort: Effort) -> None:
        begin = time.perf_counter()
        while True:
            self.seconds = self.worker.run(self.repeats, block)["wall"] * block
            self.repeats = max(1, math.ceil(effort.block / max(self.seconds, 1e-9)))
            if time.perf_counter() - begin >= effort.warm:
                return

    def takes_part(self, turn: int, effort: Effort) -> bool:
        return self.seconds < effort.slow or turn < effort.slow_rounds

    def sample(self, turn: int, block: int) -> None:
        self.samples.append({"round": turn, **self.worker.run(self.repeats, block)})

    def sample_start(self, turn: int) -> None:
        with self.launch() as worker:
            self.first = worker.first()
        self.samples.append(
            {
                "round": turn,
                "wall": self.first["start"],
                "call": self.first["call"],
                "cpu": worker.usage["cpu"],
                "memory": worker.usage["memory"],
                "check": self.first["check"],
            }
        )

    def report(self) -> dict:
        if self.failure or not self.samples:
            return {"failure": self.failure or "it took part in no round"}
        parts = [part for part in ("wall", "cpu", "thread", "call") if part in self.samples[0]]
        usage = self.worker.usage if self.worker else None
        memory = usage["memory"] if usage else max(sample["memory"] for sample in self.samples)
        return {
            **{part: spread([sample[part] for sample in self.samples]) for part in parts},
            "first": {"call": self.first["call"], "start": self.first["start"]},
            "memory": memory,
            "versions": self.first["versions"],
            "check": self.samples[-1]["check"],
            "samples": [{key: s[key] for key in ("round", *parts)} for s in self.samples],
        }


def by_turns(sides: list[Side], block: int, effort: Effort, say: Callable[[str], None]) -> None:
    for side in sides:
        say(f"  {side.name}: starting and warming ...")
        side.attempt(side.start)
        side.attempt(lambda: side.warm(block, effort))
    say(f"  {effort.rounds} rounds ...")
    for turn in range(effort.rounds):
        for side in sides if turn % 2 == 0 else sides[::-1]:
            if side.takes_part(turn, effort):
                side.attempt(lambda: side.sample(turn, block))
    for side in sides:
        side.end()


def starts(sides: list[Side], effort: Effort, say: Callable[[str], None]) -> None:
    say(f"  {effort.rounds} rounds of fresh processes ...")
    for turn in range(effort.rounds):
        for side in sides if turn % 2 == 0 else sides[::-1]:
            side.attempt(lambda: side.sample_start(turn))


def measure(task, block: int, fresh: bool, launches: dict[str, Callable[[], Worker]], effort: Effort, say) -> dict:
    """The report of one task: each side, and how the peers compare with our own."""
    sides = [Side(name, launch) for name, launch in launches.items()]
    try:
        starts(sides, effort, say) if fresh else by_turns(sides, block, effort, say)
    finally:
        for side in sides:
            side.end()
    reports = {side.name: side.report() for side in sides}
    own = reports.get(OWN, {})
    for name, report in reports.items():
        if name == OWN or "failure" in report or "failure" in own:
            continue
        parts = [part for part in ("wall", "cpu", "call") if part in report]
        apart = differences(own["check"], report["check"])
        report["ratio"] = {part: ratios(own["samples"], report["samples"], part) for part in parts}
        report["difference"] = apart
        report["bound"] = {value: task.bound(name, value) for value in apart}
        report["agrees"] = all(size <= task.bound(name, value) for value, size in apart.items())
        if name in task.goals:
            report["goal"] = task.goals[name]
    return {"task": task.name, "sides": reports}
