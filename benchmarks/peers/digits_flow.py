"""A flow of handwritten digits with their class as context. Long trainings only: nothing is timed."""

from __future__ import annotations

from .case import Goal, Quality, trained
from .digits import DATA

SIDES = {}

CASE = trained(
    "digits-flow",
    Quality(
        title="Digits of 64 pixels by class: a flow (ConcatSquash 64-512-64 with the class as context, 17 levels made"
        " continuous, exact trace) learns the first 1,437 by flow matching, 4,600 steps of AdamW, and is asked for the"
        " last 360: minus the log density in nats and in bits for each pixel, as upper bounds, and how often the digit"
        " that makes an image likeliest is the right one. Beside it stand normal distributions of the same continuous"
        " pixels: one, and one for each class, with full covariances (shrunk, by a share that is near its best on the test"
        " images). As a classifier the flow is no better than these.",
        java="odeum.bench.DigitsFlowQuality",
        arguments=(str(DATA), "4600"),
        quick=(str(DATA), "460"),
        keys=("seed", "parameters", "steps"),
        runs=(("0",), ("1",), ("2",)),
        goals=(Goal("test nats", 92, at_least=False),),
    ),
)
