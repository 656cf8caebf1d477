"""The peers' side of each comparison: a file per case, beside a Java class in odeum.bench.

A file has ``CASE``, a :class:`peers.case.Case`; ``inputs()``, the arrays that all sides read; and
``SIDES``, for each peer a function of these arrays and the task that returns the work: a function
that runs so many iterations from the beginning and returns values by which the sides are compared.
"""
