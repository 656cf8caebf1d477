"""The peer's side of odeum.bench.LatentQuality: a line of JSON per seed.

``python -m peers.latent_quality inputs FILE`` writes what both sides read: the spirals, and the weights of
each seed. ``python -m peers.latent_quality FILE STEPS SEED ...`` trains with diffrax in single precision.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from . import latent
from .case import read, write
from .training import Training

SEEDS = 3


def inputs(file):
    import numpy

    arrays = latent.inputs()
    for seed in range(SEEDS):
        own = latent.weights(numpy.random.default_rng(100 + seed))
        arrays.update({f"seed{seed}.{name}": values for name, values in own.items()})
    write(Path(file), arrays)


def exact(given, longer):
    """The curves without noise from where each is seen on, and those of them that go on for twice as long."""
    import numpy

    rows = 2 * latent.ROWS if longer else latent.ROWS
    starts = given["starts"].astype(int)
    which = numpy.flatnonzero(starts + rows <= latent.TOTAL)
    kinds = given["kinds"].astype(int)
    return which, numpy.stack([given["curves"][kinds[i], starts[i] : starts[i] + rows] for i in which])


def errors(expected, p, given, kind):
    """The root mean square errors at the times seen and at as many after them."""
    import jax.numpy as jnp
    import numpy

    found = []
    grid = given["times"][1] * numpy.arange(2 * latent.ROWS)
    for longer in (False, True):
        which, curves = exact(given, longer)
        told = expected(p, jnp.asarray(given["y"][which], kind), jnp.asarray(grid[: curves.shape[1]], kind))
        first = latent.ROWS if longer else 0
        found.append(float(numpy.sqrt(numpy.mean((numpy.asarray(told) - curves)[:, first:] ** 2))))
    return found


def run(given, seed, steps):
    import jax.numpy as jnp
    import numpy

    kind = jnp.float32
    random = numpy.random.default_rng(seed)
    training = Training(f"seed {seed}")
    loss_of, expected = latent.latent_in_jax(kind)
    step = latent.step_in_jax(loss_of)
    p = {name: jnp.asarray(given[f"seed{seed}.{name}"], kind) for name in latent.SHAPES}
    zeros = {name: jnp.zeros_like(values) for name, values in p.items()}
    moments = (zeros, zeros)
    y, times = jnp.asarray(given["y"], kind), jnp.asarray(given["times"], kind)

    def one(i):
        nonlocal p, moments
        noise = jnp.asarray(random.standard_normal((latent.SPIRALS, latent.LATENT)), kind)
        p, moments, loss, _ = step(p, moments, jnp.asarray(i + 1, kind), y, times, noise)
        return -float(loss)

    training.run(steps, one, digits=1)
    seen, after = errors(expected, p, given, kind)
    return {
        "seed": seed,
        "steps": steps,
        "bound": training.last(2),
        "error seen": round(seen, 4),
        "error after": round(after, 4),
        **training.times(),
    }


if __name__ == "__main__":
    if sys.argv[1] == "inputs":
        inputs(sys.argv[2])
    else:
        file, steps, *seeds = sys.argv[1:]
        given = read(Path(file))
        for seed in seeds:
            print(json.dumps(run(given, int(seed), int(steps))), flush=True)
