"""A long training of a peer, step by step."""

from __future__ import annotations

import sys
import time
from typing import Callable

LAST = 10


class Training:
    """Its clocks run from the start on, so that compiling counts; every hundredth step is told."""

    def __init__(self, label: str):
        self.label = label
        self.values: list[float] = []
        self.begin, self.cpu = time.perf_counter(), time.process_time()

    def run(self, steps: int, step: Callable[[int], float], digits: int) -> None:
        for i in range(steps):
            self.values.append(step(i))
            if i % 100 == 99:
                text = f"{self.label}, step {i + 1}: {self.values[-1]:.{digits}f}"
                print(text, file=sys.stderr, flush=True)
        self.seconds = time.perf_counter() - self.begin
        self.spent = time.process_time() - self.cpu

    def last(self, digits: int) -> float:
        """The mean of the last steps."""
        return round(sum(self.values[-LAST:]) / len(self.values[-LAST:]), digits)

    def times(self) -> dict[str, float]:
        return {"seconds": round(self.seconds, 1), "cpu seconds": round(self.spent, 1)}
