"""torchdiffeq's examples/cnf.py: a continuous normalizing flow learns circles, and moons."""

from __future__ import annotations

from .case import INPUTS, Case, Goal, Quality, Ratio, Task

POINTS = 512
HIDDEN, WIDTH, DIMENSION = 32, 64, 2
SIZES = (1, HIDDEN, HIDDEN, WIDTH * (3 * DIMENSION + 1))
NOISE, VARIANCE = 0.06, 0.1
START, END = 0.0, 10.0
TOLERANCE = 1e-5
RATE = 1e-3
NAMES = tuple(f"{2 * i}.{part}" for i in range(3) for part in ("weight", "bias"))

TITLE = (
    "a continuous normalizing flow whose field is a layer of 64 tanh units with weights from a network"
    " 1-32-32-448 (tanh) of the time; 512 fresh points, t from 10 to 0, dopri5 with rtol = atol = 1e-5,"
    " base N(0, 0.1), exact trace, Adam 1e-3. Points are sklearn's circles (factor 0.5) and moons with"
    " noise 0.06. diffrax has the trace in closed form, as Odeum; diffrax-float32 computes it by jacfwd in"
    " single precision. The batch is one system, and gradients go through the solver's steps."
)
DIFFRAX = {"diffrax": ("jax", "diffrax"), "diffrax-float32": ("jax", "diffrax")}

FLOAT32 = "diffrax-float32"

CASE = Case(
    name="cnf",
    title=f"One of the first 20 training steps of torchdiffeq's example: {TITLE}",
    iteration="training step",
    java="odeum.bench.Flow",
    peers={"torchdiffeq": ("torch", "torchdiffeq"), **DIFFRAX},
    # torchdiffeq steps over the end and interpolates, the others end there. After 20 steps of Adam the
    # sides differ by what the tolerance allows.
    tasks=tuple(
        Task(
            figure,
            goals={"diffrax-float32": 3},
            loose={"torchdiffeq": 2e-3, "diffrax": 1e-3, "diffrax-float32": 1e-3},
        )
        for figure in ("circles", "moons")
    ),
    block=20,
    quality=Quality(
        title="torchdiffeq's continuous normalizing flow trained for 1,000 steps of 512 fresh points, from the same"
        " weights on both sides for each seed: minus the mean log density, in nats, of 5,000 points held out (numpy"
        " default_rng(12345)). Under the true density it is 0.792 for the circles and 0.499 for the moons. Seconds"
        " are those of the process for the whole training, compiling included, both sides on the same core.",
        java="odeum.bench.FlowQuality",
        arguments=(INPUTS, "1000"),
        quick=(INPUTS, "20"),
        keys=("figure", "seed", "steps"),
        groups=("figure",),
        runs=tuple((figure, str(seed)) for seed in range(3) for figure in ("circles", "moons")),
        inputs=("peers.cnf_quality", "inputs"),
        peers={FLOAT32: ("peers.cnf_quality", INPUTS, "32", "1000")},
        goals=(
            Goal("held-out nll", 0.864, at_least=False, where={"figure": "circles"}, beside=FLOAT32),
            Goal("held-out nll", 0.535, at_least=False, where={"figure": "moons"}, beside=FLOAT32),
            Ratio("cpu seconds", FLOAT32, 3, where={"figure": "circles"}),
            Ratio("cpu seconds", FLOAT32, 3, where={"figure": "moons"}),
        ),
    ),
)


def figures(points=POINTS):
    """Points without noise, by sklearn's make_circles and make_moons, unshuffled."""
    import numpy

    half = points // 2
    around = numpy.linspace(0, 2 * numpy.pi, half, endpoint=False)
    circle = numpy.stack([numpy.cos(around), numpy.sin(around)], 1)
    along = numpy.linspace(0, numpy.pi, half)
    upper = numpy.stack([numpy.cos(along), numpy.sin(along)], 1)
    lower = numpy.stack([1 - numpy.cos(along), 1 - numpy.sin(along) - 0.5], 1)
    return {
        "circles": numpy.concatenate([circle, 0.5 * circle]),
        "moons": numpy.concatenate([upper, lower]) - numpy.array([0.5, 0.25]),
    }


def weights(seed):
    """As PyTorch's layers start."""
    import numpy

    random = numpy.random.default_rng(seed)
    arrays = {}
    for i, (fan_in, fan_out) in enumerate(zip(SIZES, SIZES[1:])):
        bound = fan_in**-0.5
        arrays[f"{2 * i}.weight"] = random.uniform(-bound, bound, (fan_out, fan_in))
        arrays[f"{2 * i}.bias"] = random.uniform(-bound, bound, fan_out)
    return arrays


def inputs():
    import numpy

    noise = numpy.random.default_rng(1).normal(size=(CASE.block, POINTS, DIMENSION))
    return {**weights(0), **figures(), "noise": noise}


def torchdiffeq(given, task):
    import torch
    from torch import nn
    from torchdiffeq import odeint

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    block = WIDTH * DIMENSION

    class Field(nn.Module):
        def __init__(self):
            super().__init__()
            layers = []
            for fan_in, fan_out in zip(SIZES, SIZES[1:]):
                layers += [nn.Linear(fan_in, fan_out), nn.Tanh()]
            self.net = nn.Sequential(*layers[:-1])
            self.net.load_state_dict({name: torch.from_numpy(given[name]) for name in NAMES})

        def forward(self, t, state):
            x = state[0]
            with torch.set_grad_enabled(True):
                x.requires_grad_(True)
                all = self.net(t.reshape(1))
                w = all[:block].reshape(WIDTH, DIMENSION)
                gate = torch.sigmoid(all[2 * block : 3 * block])
                u = (all[block : 2 * block] * gate).reshape(WIDTH, DIMENSION)
                slope = torch.tanh(x @ w.T + all[3 * block :]) @ u / WIDTH
                trace = sum(
                    torch.autograd.grad(slope[:, i].sum(), x, create_graph=True)[0][:, i]
                    for i in range(DIMENSION)
                )
            return slope, -trace

    figure = torch.from_numpy(given[task])
    noise = torch.from_numpy(given["noise"])
    times = torch.tensor([END, START])

    def loss_of(field, x):
        states = odeint(
            field, (x, torch.zeros(len(x))), times, rtol=TOLERANCE, atol=TOLERANCE, method="dopri5"
        )
        z, change = states[0][1], states[1][1]
        base = -0.5 * torch.sum(z**2, 1) / VARIANCE - torch.log(torch.tensor(2 * torch.pi * VARIANCE))
        return -torch.mean(base - change)

    def work(count):
        field = Field()
        optimizer = torch.optim.Adam(field.parameters(), lr=RATE)
        for i in range(count):
            optimizer.zero_grad()
            loss = loss_of(field, figure + NOISE * noise[i % len(noise)])
            loss.backward()
            norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in field.parameters()))
            optimizer.step()
        return {"loss": loss.item(), "gradient": norm.item()}

    return work


def jax_flow(closed, kind):
    """The loss of a batch, with the trace in closed form or by jacfwd."""
    import diffrax
    import jax
    import jax.numpy as jnp

    block = WIDTH * DIMENSION

    def field(t, state, p):
        x, _ = state
        hidden = jnp.tanh(p["0.weight"][:, 0] * t + p["0.bias"])
        hidden = jnp.tanh(p["2.weight"] @ hidden + p["2.bias"])
        all = p["4.weight"] @ hidden + p["4.bias"]
        w = all[:block].reshape(WIDTH, DIMENSION)
        u = (all[block : 2 * block] * jax.nn.sigmoid(all[2 * block : 3 * block])).reshape(WIDTH, DIMENSION)
        b = all[3 * block :]
        if closed:
            h = jnp.tanh(x @ w.T + b)
            return h @ u / WIDTH, (1 - h * h) @ jnp.sum(w * u, 1) / WIDTH

        def one(x):
            return jnp.tanh(w @ x + b) @ u / WIDTH

        return jax.vmap(one)(x), jax.vmap(lambda x: jnp.trace(jax.jacfwd(one)(x)))(x)

    def loss_of(p, x):
        solution = diffrax.diffeqsolve(
            diffrax.ODETerm(field),
            diffrax.Dopri5(),
            END,
            START,
            None,
            (x, jnp.zeros(len(x), kind)),
            p,
            stepsize_controller=diffrax.PIDController(rtol=TOLERANCE, atol=TOLERANCE),
        )
        z, change = solution.ys[0][-1], solution.ys[1][-1]
        base = -0.5 * jnp.sum(z**2, 1) / VARIANCE - jnp.log(2 * jnp.pi * VARIANCE)
        return -jnp.mean(base + change)

    return loss_of


def diffrax_step(closed, kind):
    """The loss of a batch and a step of Adam, both compiled."""
    import jax
    import jax.numpy as jnp

    loss_of = jax_flow(closed, kind)

    # optax.adam as it is by default; optax is no part of the environment.
    @jax.jit
    def step(p, first, second, i, x):
        loss, gradient = jax.value_and_grad(loss_of)(p, x)
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradient)
        a = 1 - 0.9 ** (i + 1)
        b = 1 - 0.999 ** (i + 1)
        p = jax.tree.map(
            lambda p, m, v: p - (RATE * (m / a) / (jnp.sqrt(v / b) + 1e-8)).astype(kind), p, first, second
        )
        norm = jnp.sqrt(sum(jnp.sum(g**2) for g in gradient.values()))
        return p, first, second, loss, norm

    return jax.jit(loss_of), step


def diffrax_work(given, task, closed, precision):
    import jax
    import jax.numpy as jnp

    kind = {32: jnp.float32, 64: jnp.float64}[precision]
    _, step = diffrax_step(closed, kind)
    figure, noise = given[task], given["noise"]
    batches = [jnp.asarray(figure + NOISE * part, kind) for part in noise]
    start = {name: jnp.asarray(given[name], kind) for name in NAMES}

    def work(count):
        p = start
        first = second = jax.tree.map(jnp.zeros_like, start)
        for i in range(count):
            p, first, second, loss, norm = step(p, first, second, jnp.asarray(i, kind), batches[i % len(batches)])
        return {"loss": float(loss), "gradient": float(norm)}

    return work


def diffrax(given, task):
    return diffrax_work(given, task, True, 64)


def diffrax_float32(given, task):
    return diffrax_work(given, task, False, 32)


SIDES = {"torchdiffeq": torchdiffeq, "diffrax": diffrax, "diffrax-float32": diffrax_float32}
