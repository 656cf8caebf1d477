"""The JVM's archive of what a kernel loads (JEP 483 and 514), with which it starts in half the time.

An archive belongs to one JDK and to the jars as they are; the JVM checks that too. It is made by a kernel that runs a few
cells, once: by ``./odeum setup``, by ``odeum prepare``, or some time after the first start without one.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Optional, Sequence

from .jdk import Jdk, System

USE = "-XX:AOTCache="
KEPT = 4  # Archives have 40 MB; older ones belong to versions that are gone.
# Options that leave what is loaded, and how it lies in memory, as it is.
HARMLESS = re.compile(r"-X(ms|mx|ss)\w+|-XX:\+UseSerialGC|-D.*")
CELLS = (
    "%%ode decay\nx' = -k*x + f(x)\nnet f = mlp(1, 4, 1, tanh)\nparam k = 1\ninit x = 1\ntime 0 .. 1",
    "%solve decay -o sol",
    "%train decay -d sol --epochs 3 -O adam:2,lbfgs:1",
    "%plot sol",
    "Tables.of(sol)",
    "int twice(int n) { return 2 * n; }\ntwice(21)",
    'System.out.println("x(1) = " + sol.last("x"));',
    "sol",
    "nothing",
    "%solve nothing",
)


def place(system: System, jdk: Jdk, class_path: Sequence[Path]) -> Path:
    """Where the archive for this JDK and these jars belongs, whether or not it is there."""
    java = system.java(jdk.home)
    facts = [f"{file} {os.stat(file).st_size} {int(os.stat(file).st_mtime)}" for file in (java, *class_path)]
    key = hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]
    return system.cache / "archives" / f"{key}.aot"


def options(archive: Path) -> list[str]:
    """What makes a JVM use an archive; one that does not fit is left aside without a word."""
    return [f"{USE}{archive}", "-Xlog:aot=off", "-Xlog:cds=off"] if archive.is_file() else []


def is_used(argv: Sequence[str]) -> bool:
    """Whether this command line starts a JVM from an archive."""
    return any(part.startswith(USE) for part in argv)


def fits(given: Sequence[str]) -> bool:
    """Whether a kernel with these options of the user's can use the archive."""
    return all(HARMLESS.fullmatch(option) for option in given)


def make(argv: list[str], connection_file: str, archive: Path, seconds: float = 120) -> Optional[str]:
    """Runs the cells in a kernel that archives what it loaded; returns what went wrong, if something did."""
    draft = archive.with_suffix(f".{os.getpid()}.tmp")
    # The JVM that puts the archive together takes its options from the environment, which would tell of it.
    command = [argv[0], f"-XX:AOTCacheOutput={draft}", *argv[1:]]
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, **quiet) as jvm:
            try:
                _run_cells(connection_file, seconds)
                jvm.wait(seconds)
            except (RuntimeError, TimeoutError, subprocess.TimeoutExpired) as trouble:
                return f"the kernel gave no answer: {trouble}"
            finally:
                jvm.kill()
        if not draft.is_file():
            return f"the JVM wrote no archive (exit code {jvm.returncode})"
        draft.replace(archive)
        _forget_old(archive.parent)
        return None
    except OSError as trouble:
        return str(trouble)
    finally:
        for left in archive.parent.glob(f"{draft.name}*"):
            left.unlink(missing_ok=True)


def _run_cells(connection_file: str, seconds: float) -> None:
    from jupyter_client import BlockingKernelClient

    client = BlockingKernelClient(connection_file=connection_file)
    client.load_connection_file()
    client.start_channels(hb=False)  # Its heart does not beat before it is ready.
    try:
        client.wait_for_ready(timeout=seconds)
        for cell in CELLS:
            client.execute_interactive(cell, timeout=seconds, allow_stdin=False, output_hook=lambda message: None)
        client.shutdown()
    finally:
        client.stop_channels()


def _forget_old(folder: Path) -> None:
    archives = sorted(folder.glob("*.aot"), key=lambda file: file.stat().st_mtime)
    for old in (*archives[:-KEPT], *folder.glob("*.wanted")):
        old.unlink(missing_ok=True)


def prepare(later: bool) -> int:
    """The command ``odeum prepare``; ``later`` waits until a kernel that just starts has done so, and says nothing."""
    from tempfile import TemporaryDirectory

    from jupyter_client.connect import write_connection_file

    from .jdk import Search
    from .launch import Incomplete, command, jars

    if later:
        time.sleep(30)
        if hasattr(os, "nice"):
            os.nice(19)
    try:
        search = Search()
        with TemporaryDirectory() as folder:
            file, _ = write_connection_file(os.path.join(folder, "connection.json"))
            argv = command(search, file, archived=False)
            archive = place(search.system, search.find(), jars())
            trouble = None if archive.is_file() else make(argv, file, archive)
    except (Incomplete, OSError) as problem:
        trouble = str(problem)
    if trouble and not later:
        print(f"odeum: the archive for quick starts could not be made: {trouble}", file=sys.stderr)
    return 1 if trouble else 0


def make_later(archive: Path) -> None:
    """Has the archive made by a process of its own, unless one is at it or ODEUM_ARCHIVE is off."""
    mark = archive.with_suffix(".wanted")
    try:
        if os.environ.get("ODEUM_ARCHIVE", "").lower() == "off" or mark.exists():
            return
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        subprocess.Popen(
            [sys.executable, "-m", "odeum", "prepare", "--later"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        pass  # Without an archive a start only takes longer.
