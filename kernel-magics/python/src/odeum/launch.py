"""Becomes the kernel: ``python -m odeum.launch CONNECTION_FILE``, as the kernelspec says.

On POSIX the process turns into the JVM; on Windows it waits for it. The JVM's line about incubator
modules goes through a filter that ends as soon as the kernel is up.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Mapping

from . import __version__, archive
from .jdk import Search

MAIN = "odeum.kernel.Main"
VECTOR = "jdk.incubator.vector"
NOISE = f"WARNING: Using incubator modules: {VECTOR}".encode()


class Incomplete(Exception):
    """The kernel cannot start; the message says what is missing or wrong, and what to do."""


def jjava_jar() -> Path:
    """The jar of the kernel JJava, where pip put the data files of its wheel."""
    from importlib import metadata

    try:
        files = metadata.distribution("jjava").files or []
    except metadata.PackageNotFoundError:
        raise Incomplete("JJava is not installed. Try: pip install jjava==1.0a8") from None
    for file in files:
        if file.name == "jjava.jar" and file.locate().is_file():
            return Path(os.path.realpath(file.locate()))
    raise Incomplete("JJava is installed without its jar. Try: pip install --force-reinstall jjava==1.0a8")


def own_jars() -> list[Path]:
    jars = sorted((Path(__file__).parent / "jars").glob("*.jar"))
    if not jars:
        raise Incomplete(
            "The package odeum has no jars: it was installed from its sources without a build."
            " In a clone, use ./odeum; elsewhere: pip install odeum"
        )
    return jars


def given_options(environ: Mapping[str, str], windows: bool) -> list[str]:
    """The user's options for the JVM, split as a shell does."""
    text = environ.get("ODEUM_JVM_OPTS", "")
    try:
        # Backslashes in Windows paths are no escapes.
        parts = shlex.split(text, posix=not windows)
    except ValueError as unclosed:
        raise Incomplete(f"ODEUM_JVM_OPTS cannot be read: {unclosed} in {text}") from None
    return [part.strip('"') for part in parts] if windows else parts


def options(environ: Mapping[str, str], windows: bool = False, vector: bool = True) -> list[str]:
    """The JVM's options, ours first so that the user's win."""
    given = given_options(environ, windows)
    ours = [
        "-ea",
        "-Xms32m",
        "-XX:-UsePerfData",
        "-Dfile.encoding=UTF-8",
        f"-Dodeum.version={__version__}",
        "--add-opens",
        "jdk.jshell/jdk.jshell=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        # tablesaw looks for its readers with a library that the JVM would warn of.
        "--sun-misc-unsafe-memory-access=allow",
    ]
    # The JVM refuses two collectors. The serial one starts quickest and is smallest.
    if not any(re.fullmatch(r"-XX:\+Use\w+GC", part) for part in given):
        ours.append("-XX:+UseSerialGC")
    if vector and environ.get("ODEUM_VECTOR", "").lower() != "off":
        ours += ["--add-modules", VECTOR]
    return ours + given


def jars() -> list[Path]:
    """All that the kernel's class path names."""
    return [*own_jars(), jjava_jar()]


def command(search: Search, connection_file: str, archived: bool = True) -> list[str]:
    """The command line of the kernel; raises Incomplete when there is none that works.

    With ``archived`` it starts from the JVM's archive of earlier starts, if there is one.
    """
    system = search.system
    jdk = search.find()
    if not jdk:
        raise Incomplete(search.report())
    chosen = options(system.environ, system.windows, VECTOR in search.modules(jdk))
    files = jars()
    class_path = (";" if system.windows else ":").join(map(str, files))
    try:
        search.starts(jdk, chosen)  # Once per JDK and options; then it is known.
    except OSError as refusal:
        given = system.environ.get("ODEUM_JVM_OPTS") or "not set"
        raise Incomplete(f"The JVM does not start. {refusal}\nODEUM_JVM_OPTS is {given}.") from None
    if archived and can_be_archived(system.environ, system.windows, chosen):
        chosen = [*archive.options(archive.place(system, jdk, files)), *chosen]
    return [str(system.java(jdk.home)), *chosen, "-cp", class_path, MAIN, connection_file]


def can_be_archived(environ: Mapping[str, str], windows: bool, chosen: list[str]) -> bool:
    """Whether the kernel loads what all kernels load."""
    return VECTOR in chosen and archive.fits(given_options(environ, windows))


def pass_on(source, target) -> None:
    """Copies lines, but for the one that every start with the Vector API prints."""
    for line in iter(source.readline, b""):
        if line.strip() != NOISE:
            target.write(line)
            target.flush()


def become(argv: list[str]) -> None:
    """Turns this process into the JVM. A grandchild filters standard error until the kernel is up."""
    kept = os.dup(2)
    os.set_inheritable(kept, True)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        if os.fork() == 0:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            os.close(write)
            os.close(0)
            os.close(1)
            with os.fdopen(read, "rb") as source, os.fdopen(kept, "wb") as target:
                pass_on(source, target)
        os._exit(0)
    os.waitpid(child, 0)
    os.close(read)
    os.dup2(write, 2, inheritable=True)
    os.close(write)
    os.execv(argv[0], [argv[0], f"-Dodeum.stderr={kept}", *argv[1:]])


def wait_for(argv: list[str]) -> int:
    """Runs the JVM as a child and passes its end on; Windows cannot replace a process."""
    # Ctrl+C in the terminal is Jupyter's affair: the kernel is interrupted by message.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with subprocess.Popen(argv, stderr=subprocess.PIPE) as jvm:
        errors = threading.Thread(target=pass_on, args=(jvm.stderr, sys.stderr.buffer), daemon=True)
        errors.start()
        try:
            return jvm.wait()
        finally:
            jvm.kill()


def want_archive(argv: list[str]) -> None:
    """Has an archive made for the next start, where this one could have used one."""
    if archive.is_used(argv):
        return
    search = Search()
    if can_be_archived(search.system.environ, search.system.windows, argv):
        wanted = archive.place(search.system, search.find(), jars())
        if not wanted.is_file():
            archive.make_later(wanted)


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python -m odeum.launch CONNECTION_FILE", file=sys.stderr)
        return 2
    connection_file = sys.argv[1]
    try:
        argv = command(Search(), connection_file)
    except Incomplete as trouble:
        from . import fallback

        return fallback.serve(connection_file, str(trouble))
    want_archive(argv)
    if os.name == "nt":
        return wait_for(argv)
    become(argv)
    return 1


if __name__ == "__main__":
    sys.exit(main())
