"""A side of a case as a process that answers line by line."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from pathlib import Path
from typing import Sequence


class Failed(Exception):
    """A side did not start, stopped or took too long; the message says which and shows its last line."""


class Worker:
    """Starts at once, and computes its first iteration when asked by :meth:`first`."""

    def __init__(self, argv: Sequence[str], environ: dict[str, str], log: Path, limit: float = 300):
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        self.limit = limit
        self.usage = None
        with log.open("wb") as errors:
            self.begin = time.perf_counter()
            self.process = subprocess.Popen(
                list(argv),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, **environ},
            )

    def _send(self, request: str) -> None:
        try:
            self.process.stdin.write(request.encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # It has ended; reading its answer says so.

    def _answer(self) -> dict:
        # A side that hangs is ended, so that reading returns.
        alarm = threading.Timer(self.limit, self.process.kill)
        alarm.start()
        line = self.process.stdout.readline()
        alarm.cancel()
        if not line:
            raise Failed(self._reason())
        try:
            return json.loads(line)
        except ValueError:
            raise Failed(f"it answered {line.decode(errors='replace').strip()!r}") from None

    def _reason(self) -> str:
        code = self.process.wait()
        if code == -9:
            return f"it was ended: no answer in {self.limit:g} s, or no memory; {self.log}"
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        # The exception of a stack trace stands first in Java and last in Python.
        thrown = [line for line in lines if line.startswith("Exception in thread")]
        return (thrown or lines or [f"it ended with code {code}"])[-1].strip()

    def first(self) -> dict:
        """Versions; seconds of the call and since the start of the process; check values."""
        self._send("first")
        ready = self._answer()["ready"]
        answer = self._answer()
        return {
            "versions": ready,
            "call": answer["wall"],
            "start": time.perf_counter() - self.begin,
            "check": answer["check"],
        }

    def run(self, repeats: int, count: int) -> dict:
        """Seconds of wall, of the process's and of the thread's CPU, for one iteration; check values."""
        self._send(f"run {repeats} {count}")
        answer = self._answer()
        for part in ("wall", "cpu", "thread"):
            answer[part] /= repeats * count
        return answer

    def close(self) -> None:
        """Ends the process; from then on ``usage`` has its CPU seconds and its largest memory in MB."""
        if self.process.returncode is not None:
            return
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        alarm = threading.Timer(20, self.process.kill)
        alarm.start()
        _, status, usage = os.wait4(self.process.pid, 0)
        alarm.cancel()
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.process.stdout.close()
        # ru_maxrss is in kB on Linux and in bytes on macOS.
        unit = 1 << 20 if os.uname().sysname == "Darwin" else 1 << 10
        self.usage = {"cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / unit}

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_) -> None:
        self.close()
