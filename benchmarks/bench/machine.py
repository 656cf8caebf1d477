"""What a result was measured on."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path


def printed(argv: list[str], folder: Path | None = None) -> str:
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=30, cwd=folder)
    except OSError:
        return ""
    return (done.stdout or done.stderr).strip() if done.returncode == 0 else ""


def text(file: str) -> str:
    try:
        return Path(file).read_text().strip()
    except OSError:
        return ""


def processor() -> str:
    for line in text("/proc/cpuinfo").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return printed(["sysctl", "-n", "machdep.cpu.brand_string"]) or platform.processor() or "unknown"


def vectors() -> str:
    flags = next((line.split() for line in text("/proc/cpuinfo").splitlines() if line.startswith("flags")), [])
    return next((name for name in ("avx512f", "avx2", "avx") if name in flags), platform.machine())


def caches() -> str:
    sizes = []
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        if text(f"{index}/type") != "Instruction":
            sizes.append(f"L{text(f'{index}/level')} {text(f'{index}/size')}")
    return ", ".join(sizes)


def system() -> str:
    for line in text("/etc/os-release").splitlines():
        if line.startswith("PRETTY_NAME="):
            return f"{line.split('=', 1)[1].strip(chr(34))}, {platform.system()} {platform.release()}"
    return platform.platform()


def describe(java: str) -> dict[str, object]:
    version = printed([java, "-version"]).splitlines()
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "vectors": vectors(),
        "caches": caches(),
        "system": system(),
        "jdk": version[1] if len(version) > 1 else "unknown",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }


def commit(root: Path) -> str:
    """The commit measured; results and nothing else may differ from it."""
    name = printed(["git", "rev-parse", "--short=10", "HEAD"], root) or "unknown"
    changed = printed(["git", "status", "--porcelain", "--", ".", ":!benchmarks/results"], root)
    return f"{name}, with changes" if changed else name
