"""Damaged cells in the real kernel: each ends in a result or a short message, and the kernel lives on."""

import random
import re
from pathlib import Path


CORPUS = Path(__file__).resolve().parents[2] / "src" / "test" / "resources" / "odeum" / "magics" / "corpus"
TRIES = 80
ODD = "%'\"\\;#,=(){}[]-+*/^.:<>_ \tθ∂0.1e9"
PIECES = ["%solve", "%%ode", "lotka", "x'", "--saveat", "5", "-o", "sol", '"', "(", "%", "?", ";", " = ", "var r = "]
FRAME = re.compile(r"^\s+at [\w.$]+\(\w+\.java", re.MULTILINE)


def damaged(source, text):
    for _ in range(source.randrange(1, 4)):
        at = source.randrange(len(text) + 1)
        end = at + source.randrange(1, 6)
        text = source.choice(
            [
                text[:at] + text[end:],
                text[:at] + text[at:end] + text[at:],
                text[:at] + source.choice(ODD) + text[at:],
                text[:at] + source.choice(PIECES) + text[end:],
            ]
        )
    return text


def cells():
    source = random.Random(7)
    lines = (CORPUS / "lines.txt").read_text(encoding="utf-8").splitlines()
    # What writes files or takes its time is for the tests in Java.
    lines = [line for line in lines if not re.search("save|lock|share|train|compare|dense", line)]
    bodies = (CORPUS / "bodies.txt").read_text(encoding="utf-8").splitlines()
    for _ in range(TRIES):
        if source.random() < 0.6:
            yield damaged(source, source.choice(lines))
        else:
            yield damaged(source, "%%ode f\n" + source.choice(bodies).replace("\\n", "\n"))


def test_any_cell_ends_well(kernel):
    lotka = "%%ode lotka\nx' = a*x - b*x*y\ny' = -y + x*y\nparam a = 1.5, b = 1\ninit x = 1, y = 1\ntime 0 .. 2"
    assert kernel.run(lotka).status == "ok"
    for cell in cells():
        reply = kernel.run(cell, timeout=60)
        assert reply.stream("stderr") == "", cell
        assert not FRAME.search(reply.traceback), (cell, reply.traceback)
        if reply.status == "error":
            assert reply.content["evalue"].strip(), cell
            assert len(reply.traceback.splitlines()) <= 25, (cell, reply.traceback)
    assert kernel.run("1 + 1").of("execute_result")[0]["data"]["text/plain"] == "2"
