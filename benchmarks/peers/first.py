"""How long a user waits for the first training step of the case spiral, in a fresh process."""

from __future__ import annotations

from dataclasses import replace

from . import spiral
from .case import Task

CASE = replace(
    spiral.CASE,
    name="first",
    title="From the start of a process to the end of the first training step of the case spiral:"
    " imports, data, tracing and compiling included. Odeum's goal is half a second.",
    iteration="first training step",
    tasks=(Task("direct"),),
    block=1,
    starts=True,
)

SIDES = spiral.SIDES
inputs = spiral.inputs
