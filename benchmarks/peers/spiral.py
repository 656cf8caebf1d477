"""torchdiffeq's examples/ode_demo.py: a network learns a spiral from windows of one trajectory."""

from __future__ import annotations

from .case import Case, Task

WINDOW = 10
BATCH = 20
RTOL, ATOL = 1e-7, 1e-9
RATE, MEMORY, EPSILON = 1e-3, 0.99, 1e-8

CASE = Case(
    name="spiral",
    title="One training step of torchdiffeq's demo: a network 2-50-2 (tanh) of y³ learns y' = y³ A;"
    " 20 windows of 10 times out of 1,000 on [0, 25], dopri5 with rtol 1e-7 and atol 1e-9, mean"
    " absolute error, RMSprop 1e-3. Gradients go through the solver's steps. The batch is one system.",
    iteration="training step",
    java="odeum.bench.Spiral",
    peers={"torchdiffeq": ("torch", "torchdiffeq"), "diffrax": ("jax", "diffrax")},
    # RMSprop divides small gradients by themselves: the peers' own weights are 7e-8 apart.
    tasks=(Task("direct", goals={"torchdiffeq": 80, "diffrax": 10}, loose={"norm": 1e-6}),),
    block=40,
)


def inputs():
    import numpy
    from scipy.integrate import solve_ivp

    matrix = numpy.array([[-0.1, 2.0], [-2.0, -0.1]])
    times = numpy.linspace(0, 25, 1000)
    solution = solve_ivp(
        lambda t, y: y**3 @ matrix, (0, 25), [2.0, 0.0], "DOP853", times, rtol=1e-12, atol=1e-12
    )
    random = numpy.random.default_rng(0)
    starts = len(times) - WINDOW
    return {
        "times": times,
        "trajectory": solution.y.T,
        "batches": [random.choice(starts, BATCH, replace=False) for _ in range(CASE.block)],
        "0.weight": random.normal(0, 0.1, (50, 2)),
        "0.bias": numpy.zeros(50),
        "2.weight": random.normal(0, 0.1, (2, 50)),
        "2.bias": numpy.zeros(2),
    }


NAMES = ("0.weight", "0.bias", "2.weight", "2.bias")


def windows(given):
    """For each batch the states at the starts (batch, 2), and in the windows (times, batch, 2)."""
    import numpy

    batches = given["batches"].astype(int)
    trajectory = given["trajectory"]
    offsets = numpy.arange(WINDOW)[:, None]
    return [(trajectory[starts], trajectory[starts + offsets]) for starts in batches]


def torchdiffeq(given, task):
    import torch
    from torch import nn
    from torchdiffeq import odeint, odeint_adjoint

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    solve = {"direct": odeint, "backsolve": odeint_adjoint}[task]

    class Field(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(nn.Linear(2, 50), nn.Tanh(), nn.Linear(50, 2))
            self.net.load_state_dict({name: torch.from_numpy(given[name]) for name in NAMES})

        def forward(self, t, y):
            return self.net(y**3)

    times = torch.from_numpy(given["times"][:WINDOW])
    batches = [tuple(map(torch.from_numpy, batch)) for batch in windows(given)]

    def work(count):
        field = Field()
        optimizer = torch.optim.RMSprop(field.parameters(), lr=RATE, alpha=MEMORY, eps=EPSILON)
        for i in range(count):
            y0, y = batches[i % len(batches)]
            optimizer.zero_grad()
            predicted = solve(field, y0, times, rtol=RTOL, atol=ATOL, method="dopri5")
            loss = torch.mean(torch.abs(predicted - y))
            loss.backward()
            optimizer.step()
        norm = torch.sqrt(sum(torch.sum(p.detach() ** 2) for p in field.parameters()))
        return {"loss": loss.item(), "norm": norm.item()}

    return work


def diffrax(given, task):
    import diffrax
    import jax
    import jax.numpy as jnp

    def field(t, y, p):
        hidden = jnp.tanh(y**3 @ p["0.weight"].T + p["0.bias"])
        return hidden @ p["2.weight"].T + p["2.bias"]

    adjoint = {"direct": diffrax.RecursiveCheckpointAdjoint, "backsolve": diffrax.BacksolveAdjoint}
    times = jnp.asarray(given["times"][:WINDOW])

    def loss_of(p, y0, y):
        solution = diffrax.diffeqsolve(
            diffrax.ODETerm(field),
            diffrax.Dopri5(),
            times[0],
            times[-1],
            None,
            y0,
            p,
            saveat=diffrax.SaveAt(ts=times),
            stepsize_controller=diffrax.PIDController(rtol=RTOL, atol=ATOL),
            adjoint=adjoint[task](),
        )
        return jnp.mean(jnp.abs(solution.ys - y))

    # PyTorch's RMSprop, which optax has with another epsilon.
    @jax.jit
    def step(p, squares, y0, y):
        loss, gradient = jax.value_and_grad(loss_of)(p, y0, y)
        squares = jax.tree.map(lambda s, g: MEMORY * s + (1 - MEMORY) * g * g, squares, gradient)
        p = jax.tree.map(
            lambda p, g, s: p - RATE * g / (jnp.sqrt(s) + EPSILON), p, gradient, squares
        )
        return p, squares, loss

    start = {name: jnp.asarray(given[name]) for name in NAMES}
    zeros = jax.tree.map(jnp.zeros_like, start)
    batches = [tuple(map(jnp.asarray, batch)) for batch in windows(given)]

    def work(count):
        p, squares = start, zeros
        for i in range(count):
            p, squares, loss = step(p, squares, *batches[i % len(batches)])
        norm = sum(float(jnp.sum(values**2)) for values in jax.block_until_ready(p).values())
        return {"loss": float(loss), "norm": norm**0.5}

    return work


SIDES = {"torchdiffeq": torchdiffeq, "diffrax": diffrax}
