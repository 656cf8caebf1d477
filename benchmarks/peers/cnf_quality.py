"""The peers' side of odeum.bench.FlowQuality: a line of JSON per figure and seed.

``python -m peers.cnf_quality inputs FILE`` writes what both sides read: figures, held-out points and
the weights of each seed, and prints how likely the held-out points are under the true density.
``python -m peers.cnf_quality FILE PRECISION STEPS FIGURES SEED ...`` trains with diffrax: with PRECISION 64
and the trace in closed form, or 32 and the trace by jacfwd.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from . import cnf
from .case import read, write
from .training import Training

HELD_OUT = 5000
SEEDS = 3


def held_out():
    import numpy

    return {
        f"held out {name}": points + cnf.NOISE * numpy.random.default_rng(12345).normal(size=points.shape)
        for name, points in cnf.figures(HELD_OUT).items()
    }


def floor(points, figure):
    """Minus the mean log density of points under the figure's own distribution."""
    import numpy
    from scipy.special import logsumexp

    dense = cnf.figures(20_000)[figure]
    squares = [((dense - point) ** 2).sum(1) for point in points]
    logs = [logsumexp(-0.5 * square / cnf.NOISE**2) for square in squares]
    return numpy.log(len(dense) * 2 * numpy.pi * cnf.NOISE**2) - numpy.mean(logs)


def inputs(file):
    arrays = {**cnf.figures(), **held_out()}
    for seed in range(SEEDS):
        arrays.update({f"seed{seed}.{name}": values for name, values in cnf.weights(seed).items()})
    write(Path(file), arrays)
    for figure in cnf.figures():
        print(json.dumps({"figure": figure, "floor": round(floor(arrays[f"held out {figure}"], figure), 4)}))


def run(given, figure, seed, steps, precision):
    import jax
    import jax.numpy as jnp
    import numpy

    kind = {32: jnp.float32, 64: jnp.float64}[precision]
    random = numpy.random.default_rng(seed)
    points = given[figure]
    training = Training(f"{figure}, seed {seed}")
    loss_of, step = cnf.diffrax_step(precision == 64, kind)
    p = {name: jnp.asarray(given[f"seed{seed}.{name}"], kind) for name in cnf.NAMES}
    first = second = jax.tree.map(jnp.zeros_like, p)

    def one(i):
        nonlocal p, first, second
        x = jnp.asarray(points + cnf.NOISE * random.normal(size=points.shape), kind)
        p, first, second, loss, _ = step(p, first, second, jnp.asarray(i, kind), x)
        return float(loss)

    training.run(steps, one, digits=3)
    held = float(loss_of(p, jnp.asarray(given[f"held out {figure}"], kind)))
    return {
        "figure": figure,
        "seed": seed,
        "steps": steps,
        "training nll": training.last(4),
        "held-out nll": round(held, 4),
        **training.times(),
    }


if __name__ == "__main__":
    if sys.argv[1] == "inputs":
        inputs(sys.argv[2])
    else:
        file, precision, steps, figures, *seeds = sys.argv[1:]
        given = read(Path(file))
        for seed in seeds:
            for figure in figures.split(","):
                print(json.dumps(run(given, figure, int(seed), int(steps), int(precision))), flush=True)
