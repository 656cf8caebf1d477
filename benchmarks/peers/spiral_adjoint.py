"""The case spiral with the continuous adjoint: the state is solved backward beside its cotangent."""

from __future__ import annotations

from dataclasses import replace

from . import spiral
from .case import Task

CASE = replace(
    spiral.CASE,
    name="spiral-adjoint",
    title="The training step of the case spiral, its gradients by the continuous adjoint"
    " (odeint_adjoint, BacksolveAdjoint).",
    tasks=(Task("backsolve", goals={"torchdiffeq": 85, "diffrax": 5}, agree=1e-6),),
)

SIDES = spiral.SIDES
inputs = spiral.inputs
