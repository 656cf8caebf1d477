"""A larger network as a vector field, where matrix products and tanh are all that counts."""

from __future__ import annotations

from .case import Case, Task

SIZES = (64, 256, 256, 64)
BATCH = 256
TOLERANCE = 1e-5
NAMES = tuple(f"{2 * i}.{part}" for i in range(3) for part in ("weight", "bias"))

CASE = Case(
    name="mlp",
    title="dy/dt = net(y) with a network 64-256-256-64 (tanh), batch 256, t from 0 to 1, dopri5 with"
    " rtol = atol = 1e-5: the mean of y(1)², alone and with its gradient by the weights. The weights"
    " are uniform within 1/sqrt(inputs), the states normal. The batch is one system.",
    iteration="evaluation",
    java="odeum.bench.NetworkOde",
    peers={"torchdiffeq": ("torch", "torchdiffeq"), "diffrax": ("jax", "diffrax")},
    # torchdiffeq steps over the end and interpolates, the others end there.
    tasks=(
        Task("forward", goals={"diffrax": 1.3}, loose={"torchdiffeq": 1e-5}),
        Task("gradient", goals={"diffrax": 2.5}, loose={"torchdiffeq": 1e-5}),
    ),
)


def inputs():
    import numpy

    random = numpy.random.default_rng(0)
    arrays = {"y0": random.normal(size=(BATCH, SIZES[0]))}
    for i, (fan_in, fan_out) in enumerate(zip(SIZES, SIZES[1:])):
        bound = fan_in**-0.5
        arrays[f"{2 * i}.weight"] = random.uniform(-bound, bound, (fan_out, fan_in))
        arrays[f"{2 * i}.bias"] = random.uniform(-bound, bound, fan_out)
    return arrays


def torchdiffeq(given, task):
    import torch
    from torch import nn
    from torchdiffeq import odeint

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    layers = []
    for fan_in, fan_out in zip(SIZES, SIZES[1:]):
        layers += [nn.Linear(fan_in, fan_out), nn.Tanh()]
    net = nn.Sequential(*layers[:-1])
    net.load_state_dict({name: torch.from_numpy(given[name]) for name in NAMES})
    y0 = torch.from_numpy(given["y0"])
    times = torch.tensor([0.0, 1.0])

    def loss_of():
        end = odeint(
            lambda t, y: net(y), y0, times, rtol=TOLERANCE, atol=TOLERANCE, method="dopri5"
        )[1]
        return torch.mean(end**2)

    def forward(count):
        with torch.no_grad():
            for _ in range(count):
                loss = loss_of()
        return {"loss": loss.item()}

    def gradient(count):
        for _ in range(count):
            net.zero_grad()
            loss = loss_of()
            loss.backward()
        norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in net.parameters()))
        return {"loss": loss.item(), "norm": norm.item()}

    return {"forward": forward, "gradient": gradient}[task]


def diffrax(given, task):
    import diffrax
    import jax
    import jax.numpy as jnp

    def field(t, y, p):
        hidden = jnp.tanh(y @ p["0.weight"].T + p["0.bias"])
        hidden = jnp.tanh(hidden @ p["2.weight"].T + p["2.bias"])
        return hidden @ p["4.weight"].T + p["4.bias"]

    def loss_of(p, y0):
        solution = diffrax.diffeqsolve(
            diffrax.ODETerm(field),
            diffrax.Dopri5(),
            0.0,
            1.0,
            None,
            y0,
            p,
            stepsize_controller=diffrax.PIDController(rtol=TOLERANCE, atol=TOLERANCE),
        )
        return jnp.mean(solution.ys[-1] ** 2)

    p = {name: jnp.asarray(given[name]) for name in NAMES}
    y0 = jnp.asarray(given["y0"])
    value = jax.jit(loss_of)
    both = jax.jit(jax.value_and_grad(loss_of))

    def forward(count):
        for _ in range(count):
            loss = value(p, y0)
        return {"loss": float(loss)}

    def gradient(count):
        for _ in range(count):
            loss, slope = both(p, y0)
        norm = sum(float(jnp.sum(values**2)) for values in slope.values())
        return {"loss": float(loss), "norm": norm**0.5}

    return {"forward": forward, "gradient": gradient}[task]


SIDES = {"torchdiffeq": torchdiffeq, "diffrax": diffrax}
