"""Many solves of one small system, each with its own steps: what counts is how well they go together."""

from __future__ import annotations

from .case import Case, Task
from .lotka import SAVED, TOLERANCE, rates

SIZE = 1000

CASE = Case(
    name="ensemble",
    title="Lotka and Volterra's equations as in `lotka` (Tsit5, rtol = atol = 1e-8, 1,001 saved values up to"
    " t = 100) from 1,000 initial values between 0.5 and 1.5, each with its own steps. diffrax: vmap.",
    iteration="ensemble",
    java="odeum.bench.LotkaEnsemble",
    peers={"diffrax": ("jax", "diffrax")},
    tasks=(Task("solve", goals={"diffrax": 6}, agree=1e-6),),
)


def inputs():
    import numpy

    return {
        "alpha": 1.5,
        "beta": 1.0,
        "gamma": 3.0,
        "delta": 1.0,
        "y0": 0.5 + numpy.random.default_rng(0).random((SIZE, 2)),
        "end": 100.0,
    }


def diffrax(given, task):
    import diffrax
    import jax
    import jax.numpy as jnp

    def field(t, y, p):
        a, b, c, d = p
        return jnp.stack([a * y[0] - b * y[0] * y[1], d * y[0] * y[1] - c * y[1]])

    def solve(y0, p):
        return diffrax.diffeqsolve(
            diffrax.ODETerm(field),
            diffrax.Tsit5(),
            0.0,
            100.0,
            None,
            y0,
            p,
            saveat=diffrax.SaveAt(ts=jnp.linspace(0.0, 100.0, SAVED)),
            stepsize_controller=diffrax.PIDController(rtol=TOLERANCE, atol=TOLERANCE),
            max_steps=100_000,
        ).ys

    batch = jax.jit(jax.vmap(solve, in_axes=(0, None)))
    y0, p = jnp.asarray(given["y0"]), jnp.asarray(rates(given))

    def work(count):
        for _ in range(count):
            states = batch(y0, p).block_until_ready()
        last = states[:, -1]
        mean = last.mean(axis=0)
        return {
            "mean x": float(mean[0]),
            "mean y": float(mean[1]),
            "x of 0": float(last[0, 0]),
            "y of 999": float(last[-1, 1]),
        }

    return work


SIDES = {"diffrax": diffrax}
