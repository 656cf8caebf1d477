"""How much of a disturbance the nets for handwritten digits stand. Long trainings only: nothing is timed."""

from __future__ import annotations

from .case import Quality, trained
from .digits import DATA

NETS = ("resnet", "odenet", "noisy", "tisode")
EPOCHS = "30"

CASE = trained(
    "robustness",
    Quality(
        title="How many of the 360 test images of the digits benchmark the nets know, disturbed and not, trained for"
        " 30 epochs on clean images but for `noisy`: Gaussian noise of a standard deviation in 255ths (mean of 5"
        " draws), one step up the gradient of the loss (FGSM), ten steps of .025 within .10 (PGD); all kept within 0 to"
        " 1. `noisy` is the ODE-Net with noise of 75/255 anew on each image of each batch. `tisode` is the ODE-Net"
        " with a block that does not know the time and, in its loss, a hundredth of the unrest after the end"
        " (`CostedSolve.unrest`). One image is .003; the standard error of a mean of three seeds near .9 about .01.",
        java="odeum.bench.Robustness",
        arguments=(str(DATA), EPOCHS),
        quick=(str(DATA), "1"),
        keys=("net", "seed", "parameters"),
        groups=("net",),
        runs=tuple((net, str(seed)) for net in NETS for seed in range(3)),
    ),
)

SIDES = {}
