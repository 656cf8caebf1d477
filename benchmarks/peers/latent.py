"""torchdiffeq's examples/latent_ode.py: a latent equation learns 1,000 noisy spirals."""

from __future__ import annotations

from .case import INPUTS, Case, Goal, Quality, Ratio, Task

SPIRALS, ROWS, TOTAL = 1000, 100, 500
STOP, SPREAD, NOISE = 6 * 3.141592653589793, 0.3, 0.3
HIDDEN, LATENT, WIDTH = 25, 4, 20
RTOL, ATOL, RATE = 1e-7, 1e-9, 1e-2
BLOCK = 4

SHAPES = {
    "encoder.cell.weight": (HIDDEN, 2 + HIDDEN),
    "encoder.cell.bias": (HIDDEN,),
    "posterior.weight": (2 * LATENT, HIDDEN),
    "posterior.bias": (2 * LATENT,),
    "field.0.weight": (WIDTH, LATENT),
    "field.0.bias": (WIDTH,),
    "field.2.weight": (WIDTH, WIDTH),
    "field.2.bias": (WIDTH,),
    "field.4.weight": (LATENT, WIDTH),
    "field.4.bias": (LATENT,),
    "decoder.0.weight": (WIDTH, LATENT),
    "decoder.0.bias": (WIDTH,),
    "decoder.2.weight": (2, WIDTH),
    "decoder.2.bias": (2,),
}

FLOAT32 = "diffrax-float32"

CASE = Case(
    name="latent",
    title="One training step of torchdiffeq's latent equation: 1,000 spirals of 100 points with noise"
    " .3 as one batch; a recurrent net of 25 states reads them backwards, latent 4, field 4-20-20-4"
    " (elu), decoder 4-20-2 (relu), 1,654 parameters; dopri5 with rtol 1e-7 and atol 1e-9, Adam .01,"
    " from new weights. Gradients go through the solver's steps.",
    iteration="training step",
    java="odeum.bench.Latent",
    peers={
        "torchdiffeq": ("torch", "torchdiffeq"),
        "diffrax": ("jax", "diffrax"),
        FLOAT32: ("jax", "diffrax"),
    },
    # Steps are chosen from other norms of the error, and torchdiffeq steps over the end.
    tasks=(
        Task(
            "step",
            goals={"diffrax": 3},
            loose={"torchdiffeq": 1e-4, "diffrax": 1e-4, FLOAT32: 2e-2},
        ),
    ),
    block=BLOCK,
    quality=Quality(
        title="torchdiffeq's latent equation trained for 1,000 steps on the 1,000 spirals as one batch, from the same"
        " weights on both sides for each seed: the evidence lower bound, mean of the last ten steps, and the root mean"
        " square errors to the curves without noise, from the posterior's mean, at the 100 times seen and at the 100"
        " after them. Seconds are those of the process for the whole training,"
        " compiling included, both sides on the same core.",
        java="odeum.bench.LatentQuality",
        arguments=(INPUTS, "1000"),
        quick=(INPUTS, "10"),
        keys=("seed", "steps"),
        runs=tuple((str(seed),) for seed in range(3)),
        inputs=("peers.latent_quality", "inputs"),
        peers={FLOAT32: ("peers.latent_quality", INPUTS, "1000")},
        goals=(
            Goal("bound", -146, of="median", beside=FLOAT32),
            Goal("error seen", 0.25, at_least=False, of="median", beside=FLOAT32),
            Goal("error after", 1.2, at_least=False, of="median", beside=FLOAT32),
            Ratio("cpu seconds", FLOAT32, 3),
        ),
    ),
)


def spirals(random):
    """The two curves (2, TOTAL, 2); for each spiral which of them it is, the first row seen, and what
    is seen of it with noise; the times of what is seen."""
    import numpy

    angles = numpy.linspace(0, STOP, TOTAL)
    inward = STOP + 1 - angles
    radius = SPREAD * 50 / inward
    clockwise = numpy.stack((radius * numpy.cos(inward) - 5, radius * numpy.sin(inward)), 1)
    radius = SPREAD * angles
    counter = numpy.stack((radius * numpy.cos(angles) + 5, radius * numpy.sin(angles)), 1)
    starts = random.integers(ROWS, TOTAL - ROWS, SPIRALS)
    turned = random.random(SPIRALS) > 0.5
    curves = numpy.stack((clockwise, counter))
    kinds = turned.astype(int)
    exact = numpy.stack([curves[kind, start : start + ROWS] for kind, start in zip(kinds, starts)])
    seen = exact + NOISE * random.standard_normal((SPIRALS, ROWS, 2))
    return curves, kinds, starts, seen, angles[:ROWS]


def weights(random):
    arrays = {}
    for name, shape in SHAPES.items():
        fan_in = shape[1] if len(shape) == 2 else SHAPES[name.replace("bias", "weight")][1]
        arrays[name] = random.uniform(-(fan_in**-0.5), fan_in**-0.5, shape)
    return arrays


def inputs():
    import numpy

    random = numpy.random.default_rng(0)
    curves, kinds, starts, seen, times = spirals(random)
    start = weights(random)
    noise = random.standard_normal((BLOCK, SPIRALS, LATENT))
    return {
        "times": times,
        "y": seen,
        "curves": curves,
        "kinds": kinds,
        "starts": starts,
        "noise": noise,
        **start,
    }


def latent_in_jax(dtype):
    """The negative bound of a batch; rows expected at some times, from the posterior's mean and noise."""
    import diffrax
    import jax
    import jax.numpy as jnp

    def field(t, z, p):
        hidden = jax.nn.elu(z @ p["field.0.weight"].T + p["field.0.bias"])
        hidden = jax.nn.elu(hidden @ p["field.2.weight"].T + p["field.2.bias"])
        return hidden @ p["field.4.weight"].T + p["field.4.bias"]

    def posterior(p, y):
        def read(h, x):
            joined = jnp.concatenate((x, h), 1)
            return jnp.tanh(joined @ p["encoder.cell.weight"].T + p["encoder.cell.bias"]), None

        start = jnp.zeros((y.shape[0], HIDDEN), dtype)
        h, _ = jax.lax.scan(read, start, jnp.swapaxes(y, 0, 1), reverse=True)
        both = h @ p["posterior.weight"].T + p["posterior.bias"]
        return both[:, :LATENT], both[:, LATENT:]

    def rows(p, z0, times):
        solution = diffrax.diffeqsolve(
            diffrax.ODETerm(field),
            diffrax.Dopri5(),
            times[0],
            times[-1],
            None,
            z0,
            p,
            saveat=diffrax.SaveAt(ts=times),
            stepsize_controller=diffrax.PIDController(rtol=RTOL, atol=ATOL),
        )
        hidden = jax.nn.relu(solution.ys @ p["decoder.0.weight"].T + p["decoder.0.bias"])
        return jnp.swapaxes(hidden @ p["decoder.2.weight"].T + p["decoder.2.bias"], 0, 1)

    def loss_of(p, y, times, noise):
        mean, log_variance = posterior(p, y)
        errors = (rows(p, mean + jnp.exp(0.5 * log_variance) * noise, times) - y) / NOISE
        surprise = 0.5 * errors**2 + jnp.log(NOISE) + 0.5 * jnp.log(2 * jnp.pi)
        divergence = 0.5 * (mean**2 + jnp.exp(log_variance) - 1 - log_variance)
        return jnp.mean(surprise.sum((1, 2)) + divergence.sum(1))

    def expected(p, y, times):
        return rows(p, posterior(p, y)[0], times)

    return loss_of, jax.jit(expected)


def step_in_jax(loss_of):
    """A training step of Adam."""
    import jax
    import jax.numpy as jnp

    def step(p, moments, count, y, times, noise):
        loss, slope = jax.value_and_grad(loss_of)(p, y, times, noise)
        first, second = moments
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, slope)
        fix1, fix2 = 1 - 0.9**count, 1 - 0.999**count
        p = jax.tree.map(
            lambda p, m, v: p - RATE * (m / fix1) / (jnp.sqrt(v / fix2) + 1e-8), p, first, second
        )
        norm = jnp.sqrt(sum(jnp.sum(g**2) for g in slope.values()))
        return p, (first, second), loss, norm

    return jax.jit(step)


def diffrax_in(dtype):
    def side(given, task):
        import jax
        import jax.numpy as jnp

        kind = jnp.dtype(dtype)
        step = step_in_jax(latent_in_jax(kind)[0])
        start = {name: jnp.asarray(given[name], kind) for name in SHAPES}
        zeros = {name: jnp.zeros_like(values) for name, values in start.items()}
        y, times = jnp.asarray(given["y"], kind), jnp.asarray(given["times"], kind)
        noises = [jnp.asarray(noise, kind) for noise in given["noise"]]

        def work(count):
            p, moments = start, (zeros, zeros)
            for i in range(count):
                p, moments, loss, norm = step(
                    p, moments, jnp.asarray(i + 1, kind), y, times, noises[i % BLOCK]
                )
            jax.block_until_ready(p)
            return {"loss": float(loss), "slope": float(norm)}

        return work

    return side


def torchdiffeq(given, task):
    import torch
    from torch.nn.functional import elu, linear
    from torchdiffeq import odeint

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    y, times = torch.from_numpy(given["y"]), torch.from_numpy(given["times"])
    noises = torch.from_numpy(given["noise"])

    def loss_of(p, noise):
        def layer(name, x):
            return linear(x, p[f"{name}.weight"], p[f"{name}.bias"])

        h = torch.zeros(SPIRALS, HIDDEN)
        for row in reversed(range(ROWS)):
            h = torch.tanh(layer("encoder.cell", torch.cat((y[:, row], h), 1)))
        mean, log_variance = layer("posterior", h).split(LATENT, 1)
        z0 = mean + torch.exp(0.5 * log_variance) * noise

        def field(t, z):
            return layer("field.4", elu(layer("field.2", elu(layer("field.0", z)))))

        states = odeint(field, z0, times, rtol=RTOL, atol=ATOL, method="dopri5")
        expected = layer("decoder.2", torch.relu(layer("decoder.0", states))).transpose(0, 1)
        normal = torch.distributions.Normal(expected, NOISE)
        divergence = 0.5 * (mean**2 + torch.exp(log_variance) - 1 - log_variance)
        return torch.mean(divergence.sum(1) - normal.log_prob(y).sum((1, 2)))

    def work(count):
        p = {name: torch.from_numpy(given[name].copy()).requires_grad_() for name in SHAPES}
        optimizer = torch.optim.Adam(list(p.values()), lr=RATE)
        for i in range(count):
            optimizer.zero_grad()
            loss = loss_of(p, noises[i % BLOCK])
            loss.backward()
            norm = torch.sqrt(sum(torch.sum(values.grad**2) for values in p.values()))
            optimizer.step()
        return {"loss": loss.item(), "slope": norm.item()}

    return work


SIDES = {
    "torchdiffeq": torchdiffeq,
    "diffrax": diffrax_in("float64"),
    FLOAT32: diffrax_in("float32"),
}
