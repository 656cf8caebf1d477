"""Van der Pol's stiff oscillator: what counts is the cost of a Jacobian, its factors and a step."""

from __future__ import annotations

from .case import Case, Task

TOLERANCE = 1e-6

CASE = Case(
    name="vdp",
    title="Van der Pol's oscillator with mu = 1000 from (2, 0) to t = 3000, rtol = atol = 1e-6, the"
    " last state. Odeum takes Rodas5P, diffrax Kvaerno3, scipy LSODA: odeint is ODEPACK's Fortran"
    " loop, solve_ivp steps it from Python.",
    iteration="solve",
    java="odeum.bench.VanDerPol",
    peers={
        "diffrax": ("jax", "diffrax"),
        "odeint": ("scipy", "scipy.integrate"),
        "solve_ivp": ("scipy", "scipy.integrate"),
    },
    tasks=(
        # Radau at 1e-12 gives x = -1.510607 at the end; the sides differ by their errors there.
        Task("solve", goals={"odeint": 1, "solve_ivp": 1}, agree=1e-3),
    ),
)


def inputs():
    return {"mu": 1000.0, "y0": [2.0, 0.0], "end": 3000.0}


def repeated(solve):
    """The work of a function that gives the last state."""

    def work(count):
        for _ in range(count):
            x, v = solve()
        return {"x": float(x), "v": float(v)}

    return work


def field(mu):
    def slope(t, state):
        x, v = state
        return [v, mu * (1 - x * x) * v - x]

    return slope


def diffrax(given, task):
    import diffrax
    import jax
    import jax.numpy as jnp

    def slope(t, y, mu):
        return jnp.stack([y[1], mu * (1 - y[0] ** 2) * y[1] - y[0]])

    @jax.jit
    def solve(y0, mu):
        return diffrax.diffeqsolve(
            diffrax.ODETerm(slope),
            diffrax.Kvaerno3(),
            0.0,
            3000.0,
            None,
            y0,
            mu,
            stepsize_controller=diffrax.PIDController(rtol=TOLERANCE, atol=TOLERANCE),
            max_steps=100_000,
        ).ys[-1]

    y0, mu = jnp.asarray(given["y0"]), float(given["mu"])
    return repeated(lambda: solve(y0, mu))


def odeint(given, task):
    from scipy.integrate import odeint as solve

    slope, times = field(float(given["mu"])), [0.0, float(given["end"])]
    return repeated(
        lambda: solve(
            slope, given["y0"], times, rtol=TOLERANCE, atol=TOLERANCE, mxstep=100_000, tfirst=True
        )[-1]
    )


def solve_ivp(given, task):
    from scipy.integrate import solve_ivp as solve

    slope, span = field(float(given["mu"])), (0.0, float(given["end"]))
    return repeated(
        lambda: solve(slope, span, given["y0"], "LSODA", rtol=TOLERANCE, atol=TOLERANCE).y[:, -1]
    )


SIDES = {"diffrax": diffrax, "odeint": odeint, "solve_ivp": solve_ivp}
