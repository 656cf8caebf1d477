"""The process of a peer: ``python -m peers.serve FILE TASK SIDE INPUTS``.

One line in, one line of JSON out, as odeum.bench.Side does it. ``first`` builds the work and runs one
iteration; ``run R N`` runs R times N iterations. Imports come before the first answer. FILE is the
name of a module in this folder, or ``inputs`` alone as TASK writes the file of inputs.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from pathlib import Path


def answers():
    """Where answers go. Whatever else prints shows on standard error."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return out


def version(module: str) -> str:
    return getattr(sys.modules[module], "__version__", "?")


def serve(file: str, task: str, side: str, inputs: str) -> None:
    out = answers()

    def answer(**values) -> None:
        out.write(json.dumps(values) + "\n")
        out.flush()

    from . import case as format

    cases = importlib.import_module(f"peers.{file}")
    modules = cases.CASE.peers[side]
    for module in modules:
        importlib.import_module(module)
    answer(ready={module: version(module) for module in modules})
    work = None
    for line in sys.stdin:
        words = line.split()
        if words == ["first"]:
            begin = time.perf_counter()
            work = cases.SIDES[side](format.read(Path(inputs)), task)
            check = work(1)
            answer(wall=time.perf_counter() - begin, check=check)
        elif words[0] == "run":
            repeats, count = int(words[1]), int(words[2])
            cpu, thread, begin = time.process_time(), time.thread_time(), time.perf_counter()
            for _ in range(repeats):
                check = work(count)
            wall = time.perf_counter() - begin
            answer(
                wall=wall,
                cpu=time.process_time() - cpu,
                thread=time.thread_time() - thread,
                check=check,
            )
        else:
            raise ValueError(f"Unknown request {line!r}.")


def write_inputs(file: str, inputs: str) -> None:
    from . import case as format

    format.write(Path(inputs), importlib.import_module(f"peers.{file}").inputs())


if __name__ == "__main__":
    if sys.argv[2] == "inputs":
        write_inputs(sys.argv[1], sys.argv[3])
    else:
        serve(*sys.argv[1:])
