"""Predator and prey over a long time: a tiny system, so what counts is the cost of a step."""

from __future__ import annotations

from .case import Case, Task

TOLERANCE = 1e-8
SAVED = 1001

CASE = Case(
    name="lotka",
    title="Lotka and Volterra's equations with rates (1.5, 1, 3, 1) from (1, 1) to t = 100, rtol ="
    " atol = 1e-8, 1,001 saved values. Odeum and diffrax take Tsit5, torchdiffeq dopri5, scipy DOP853.",
    iteration="solve",
    java="odeum.bench.LotkaVolterra",
    peers={
        "diffrax": ("jax", "diffrax"),
        "scipy": ("scipy", "scipy.integrate"),
        "torchdiffeq": ("torch", "torchdiffeq"),
    },
    tasks=(
        # Other methods make other errors, at t = 100 a few hundred times the tolerance.
        Task("solve", goals={"diffrax": 15}, agree=1e-6, loose={"scipy": 1e-5, "torchdiffeq": 1e-5}),
    ),
)


def inputs():
    return {
        "alpha": 1.5,
        "beta": 1.0,
        "gamma": 3.0,
        "delta": 1.0,
        "y0": [1.0, 1.0],
        "end": 100.0,
    }


def rates(given):
    return [float(given[name]) for name in ("alpha", "beta", "gamma", "delta")]


def repeated(solve):
    """The work of a function that gives the last state."""

    def work(count):
        for _ in range(count):
            x, y = solve()
        return {"x": float(x), "y": float(y)}

    return work


def diffrax(given, task):
    import diffrax
    import jax
    import jax.numpy as jnp

    def field(t, y, p):
        a, b, c, d = p
        return jnp.stack([a * y[0] - b * y[0] * y[1], d * y[0] * y[1] - c * y[1]])

    @jax.jit
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

    y0, p = jnp.asarray(given["y0"]), jnp.asarray(rates(given))

    def work(count):
        for _ in range(count):
            states = solve(y0, p)
        x, y = states[-1]
        return {"x": float(x), "y": float(y)}

    return work


def scipy(given, task):
    import numpy
    from scipy.integrate import solve_ivp

    a, b, c, d = rates(given)
    times = numpy.linspace(0, 100, SAVED)

    def field(t, state):
        x, y = state
        return [a * x - b * x * y, d * x * y - c * y]

    return repeated(
        lambda: solve_ivp(
            field, (0, 100), given["y0"], "DOP853", times, rtol=TOLERANCE, atol=TOLERANCE
        ).y[:, -1]
    )


def torchdiffeq(given, task):
    import torch
    from torchdiffeq import odeint

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    a, b, c, d = rates(given)
    y0 = torch.from_numpy(given["y0"])
    times = torch.linspace(0, 100, SAVED)

    def field(t, state):
        x, y = state
        return torch.stack([a * x - b * x * y, d * x * y - c * y])

    def solve():
        with torch.no_grad():
            return odeint(field, y0, times, rtol=TOLERANCE, atol=TOLERANCE, method="dopri5")[-1]

    return repeated(solve)


SIDES = {"diffrax": diffrax, "scipy": scipy, "torchdiffeq": torchdiffeq}
