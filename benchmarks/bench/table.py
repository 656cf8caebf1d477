"""Results as text: Markdown that reads well in a terminal too."""

from __future__ import annotations

from .measure import OWN


def seconds(value: float) -> str:
    for unit, name in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= unit:
            return f"{value / unit:.3g} {name}"
    return f"{value / 1e-9:.3g} ns"


def times(value: float) -> str:
    return f"{value:.3g}x"


def ratio(values: dict | None) -> str:
    if not values:
        return ""
    if values["rounds"] < 2:
        return times(values["median"])
    return f"{times(values['median'])} ({times(values['low'])} to {times(values['high'])})"


def agreement(report: dict) -> str:
    if "difference" not in report:
        return ""
    parts = []
    for value, apart in report["difference"].items():
        bound = report["bound"][value]
        parts.append(f"{value} {apart:.1e}" + ("" if apart <= bound else f" DIFFERS, bound {bound:.0e}"))
    return ", ".join(parts)


def grid(head: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    line = lambda cells: "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + " |"
    return "\n".join([line(head), "|" + "|".join("-" * (w + 2) for w in widths) + "|", *map(line, rows)])


def label(side: str) -> str:
    return "Odeum" if side == OWN else side


def failures(part: dict) -> list[str]:
    """A line for each side that did not run, with its reason."""
    return [
        f"{label(name)} did not run: {report['failure']}\n"
        for name, report in part["sides"].items()
        if "failure" in report
    ]


def row(name: str, report: dict, fresh: bool) -> list[str]:
    if "failure" in report:
        return [label(name), "did not run", *[""] * 7]
    compared = report.get("ratio", {})
    first = [seconds(report["first"]["call"]), seconds(report["first"]["start"])]
    if fresh:
        first = [seconds(report["call"]["median"]), ratio(compared.get("call"))]
    return [
        label(name),
        seconds(report["wall"]["median"]),
        seconds(report["cpu"]["median"]),
        ratio(compared.get("wall")),
        ratio(compared.get("cpu")),
        times(report["goal"]) if "goal" in report else "",
        *first,
        agreement(report),
    ]


def head(result: dict) -> list[str]:
    names = ["side", f"one {result['iteration']}", "CPU", "peer / Odeum", "in CPU", "goal"]
    if result["starts"]:
        return [*names, "the call alone", "peer / Odeum", "check values apart"]
    return [*names, "first call", "from process start", "check values apart"]


def document(result: dict) -> str:
    machine = result["machine"]
    lines = [f"# {result['case']}", "", result["title"], ""]
    for part in result["tasks"]:
        rows = [row(name, report, result["starts"]) for name, report in part["sides"].items()]
        lines += [f"## {part['task']}", "", grid(head(result), rows), "", *failures(part)]
    lines += [
        f"Medians of {result['rounds']} rounds in turns (in brackets the quartiles), {result['threads']}.",
        f"{result['date']}, commit {result['commit']}, `{result['command']}`.",
        f"{machine['processor']}, {machine['cores']} cores, {machine['vectors']}, {machine['caches']},"
        f" load {machine['load']} at the start; {machine['system']}.",
        f"{machine['jdk']}; {versions(result)}, Python {machine['python']}.",
        "",
    ]
    return "\n".join(lines)


def versions(result: dict) -> str:
    known = {}
    for part in result["tasks"]:
        for report in part["sides"].values():
            known.update(report.get("versions", {}))
    known.pop("java", None)
    return ", ".join(f"{name} {version}" for name, version in sorted(known.items()) if version != "?")


def summary(results: list[dict]) -> str:
    """A line per comparison of all results."""
    rows = []
    for result in results:
        for part in result["tasks"]:
            own = part["sides"].get(OWN, {})
            for name, report in part["sides"].items():
                if name == OWN:
                    continue
                rows.append(
                    [
                        f"{result['case']}, {part['task']}",
                        seconds(own["wall"]["median"]) if "wall" in own else "did not run",
                        name,
                        seconds(report["wall"]["median"]) if "wall" in report else "did not run",
                        ratio(report.get("ratio", {}).get("wall")),
                        times(report["goal"]) if "goal" in report else "",
                        result["date"][:10],
                        result["commit"],
                    ]
                )
    return grid(["case", "Odeum", "peer", "takes", "peer / Odeum", "goal", "date", "commit"], rows)
