"""The product of two matrices, against numpy with its OpenBLAS."""

from __future__ import annotations

from .case import Case, Task

SIZE = 256

CASE = Case(
    name="gemm",
    title="The product of two 256 x 256 matrices of doubles: 33.6 million floating-point operations.",
    iteration="product",
    java="odeum.bench.Gemm",
    peers={"numpy": ("numpy",)},
    tasks=(Task("product", goals={"numpy": 1.5}, agree=1e-11),),
    block=20,
)


def inputs():
    import numpy

    random = numpy.random.default_rng(0)
    return {name: random.uniform(0, 1, (SIZE, SIZE)) for name in ("a", "b")}


def numpy(given, task):
    import numpy

    a, b = given["a"], given["b"]
    product = numpy.empty_like(a)

    def work(count):
        for _ in range(count):
            numpy.matmul(a, b, out=product)
        return {"first": float(product[0, 0]), "last": float(product[-1, -1])}

    return work


SIDES = {"numpy": numpy}
