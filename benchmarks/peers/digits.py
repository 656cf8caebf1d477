"""torchdiffeq's ODE-Net (examples/odenet_mnist.py) on handwritten digits of 8 x 8 pixels."""

from __future__ import annotations

from pathlib import Path

from .case import Case, Goal, Quality, Task

DATA = (
    Path(__file__).resolve().parents[2]
    / "kernel-magics/src/main/resources/odeum/magics/data/digits.csv.gz"
)
CHANNELS = 32
BATCH = 64
TOLERANCE = 1e-3
TRAINING = 1437

# Where other steps are chosen, values differ by what the tolerance allows: torchdiffeq steps over the
# end and interpolates, and the continuous adjoint solves another equation backward.
LOOSE = {"loss": 1e-3, "norm": 5e-2}

CASE = Case(
    name="digits",
    title="An ODE-Net with 36,458 parameters, batch 64, dopri5 with rtol = atol = 1e-3 from 0 to 1: a"
    " training step (cross entropy, its gradient, SGD with momentum) from given weights. `direct` is"
    " `odeint`, `backsolve` is `odeint_adjoint`. The batch is one system. Odeum computes in doubles.",
    iteration="step",
    java="odeum.bench.Digits",
    peers={"torchdiffeq": ("torch", "torchdiffeq"), "torchdiffeq-float32": ("torch", "torchdiffeq")},
    tasks=(
        Task("direct", goals={"torchdiffeq": 3, "torchdiffeq-float32": 1 / 1.3}, loose=LOOSE),
        Task("backsolve", goals={"torchdiffeq": 3, "torchdiffeq-float32": 1 / 1.3}, loose=LOOSE),
    ),
    quality=Quality(
        title="The ODE-Net learns the first 1,437 digits from five starts and is asked for the last 360: 30 epochs"
        " of 22 batches of 64, SGD with momentum 0.9, a learning rate of 0.1 that falls to a tenth from epoch 18"
        " and again from 26, gradients through the solver. torchdiffeq on the same data and settings, float32: test"
        " accuracy .950 and .947 (2 seeds).",
        java="odeum.bench.DigitsQuality",
        arguments=(str(DATA), "30", "0", "1", "2", "3", "4"),
        quick=(str(DATA), "2", "0"),
        keys=("seed", "parameters"),
        goals=(Goal("test accuracy", 0.949),),
    ),
)


def net(adjoint=False):
    """The layers of Odeum's OdeNet under the same names."""
    import torch
    from torch import nn
    from torchdiffeq import odeint, odeint_adjoint

    def norm():
        return nn.GroupNorm(CHANNELS // 2, CHANNELS)

    class ConcatTime(nn.Module):
        def __init__(self):
            super().__init__()
            self._layer = nn.Conv2d(CHANNELS + 1, CHANNELS, 3, padding=1)

        def forward(self, t, x):
            return self._layer(torch.cat([torch.ones_like(x[:, :1]) * t, x], 1))

    class Half(nn.Module):
        def __init__(self):
            super().__init__()
            self.add_module("0", norm())
            self.add_module("2", ConcatTime())

        def forward(self, t, x):
            parts = dict(self.named_children())
            return parts["2"](t, torch.relu(parts["0"](x)))

    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.add_module("0", Half())
            self.add_module("1", Half())
            self.add_module("2", norm())

        def forward(self, t, x):
            first, second, last = self.children()
            return last(second(t, first(t, x)))

    class OdeNet(nn.Module):
        def __init__(self):
            super().__init__()
            self.stem = nn.Sequential(
                nn.Unflatten(1, (1, 8, 8)),
                nn.Conv2d(1, CHANNELS, 3, padding=1),
                norm(),
                nn.ReLU(),
                nn.Conv2d(CHANNELS, CHANNELS, 4, stride=2, padding=1),
            )
            self.block = Block()
            self.head = nn.Sequential(
                norm(), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Linear(CHANNELS, 10)
            )
            self.solve = odeint_adjoint if adjoint else odeint

        def forward(self, x):
            y = self.stem(x)
            span = torch.tensor([0.0, 1.0], dtype=x.dtype)
            y = self.solve(self.block, y, span, rtol=TOLERANCE, atol=TOLERANCE, method="dopri5")[1]
            norm_, relu, pool, linear = self.head
            return linear(pool(relu(norm_(y))).flatten(1))

    return OdeNet()


def inputs():
    import gzip

    import numpy
    import torch

    with gzip.open(DATA, "rt") as lines:
        table = numpy.loadtxt(lines, delimiter=",")[:TRAINING]
    random = numpy.random.default_rng(0)
    arrays = {
        "pixels": table[:, :64] / 16,
        "digits": table[:, 64],
        "batches": random.permutation(TRAINING)[: TRAINING // BATCH * BATCH].reshape(-1, BATCH),
    }
    torch.manual_seed(0)
    for name, values in net().double().named_parameters():
        # Norms that start at one and zero would hide mistakes.
        noise = random.uniform(-0.1, 0.1, tuple(values.shape)) if values.ndim == 1 else 0
        arrays[name] = values.detach().numpy() + noise
    return arrays


def torchdiffeq(given, task, dtype="float64"):
    import torch

    torch.set_num_threads(1)
    kind = getattr(torch, dtype)
    model = net(adjoint=task == "backsolve").to(kind)
    model.load_state_dict({name: torch.from_numpy(given[name]).to(kind) for name in model.state_dict()})
    pixels = torch.from_numpy(given["pixels"]).to(kind)
    digits = torch.from_numpy(given["digits"]).long()
    batches = torch.from_numpy(given["batches"]).long()
    start = {name: values.clone() for name, values in model.state_dict().items()}

    def steps(count):
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
        for i in range(count):
            model.load_state_dict(start)
            own = batches[i % len(batches)]
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(pixels[own]), digits[own])
            loss.backward()
            norm = torch.sqrt(sum(torch.sum(p.grad.double() ** 2) for p in model.parameters()))
            optimizer.step()
        return {"loss": loss.item(), "norm": norm.item()}

    return steps


def torchdiffeq_float32(given, task):
    return torchdiffeq(given, task, "float32")


SIDES = {"torchdiffeq": torchdiffeq, "torchdiffeq-float32": torchdiffeq_float32}
