"""``./odeum bench jmh``: the micro-benchmarks of odeum.bench.Micro."""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path

from . import machine, table

QUICK = ["-wi", "1", "-i", "2", "-w", "300ms", "-r", "300ms"]
MICROSECONDS = 1e-6


def document(scores: list[dict], described: dict, commit: str, date: str) -> str:
    rows = [
        [
            score["benchmark"].removeprefix("odeum.bench."),
            " ".join(score.get("params", {}).values()),
            table.seconds(score["primaryMetric"]["score"] * MICROSECONDS),
            f"±{table.seconds(score['primaryMetric']['scoreError'] * MICROSECONDS)}"
            if isinstance(score["primaryMetric"]["scoreError"], float)
            else "",
        ]
        for score in scores
    ]
    lines = [
        "# jmh",
        "",
        table.grid(["benchmark", "of", "mean", "99.9 %"], rows),
        "",
        f"{date}, commit {commit}, one thread. {described['processor']}, {described['vectors']},"
        f" load {described['load']} at the start; {described['jdk']}.",
        "",
    ]
    return "\n".join(lines)


def run(java: list[str], options, root: Path) -> int:
    described = machine.describe(java[0])
    scores = root / ".cache" / "bench" / "jmh.json"
    scores.parent.mkdir(parents=True, exist_ok=True)
    argv = [*java, "org.openjdk.jmh.Main", *options.names[1:], *(QUICK if options.quick else [])]
    code = subprocess.call([*argv, "-foe", "true", "-rf", "json", "-rff", str(scores)])
    if code:
        return code
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    text = document(json.loads(scores.read_text()), described, machine.commit(root), date)
    print(text)
    # Part of the benchmarks must not replace the results of all.
    if not options.quick and not options.names[1:]:
        options.results.mkdir(parents=True, exist_ok=True)
        (options.results / "jmh.md").write_text(text)
        (options.results / "jmh.json").write_text(scores.read_text())
    return 0
