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

from . import __version__
from .jdk import Jdk, Search, System

MAIN = "odeum.kernel.Main"
NOISE = b"WARNING: Using incubator modules: jdk.incubator.vector"


class Incomplete(Exception):
    """The installation lacks a part; the message says which and what to do."""


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


def options(environ: Mapping[str, str], windows: bool = os.name == "nt") -> list[str]:
    """The JVM's options, ours first so that the user's win."""
    # Backslashes in Windows paths are no escapes.
    given = shlex.split(environ.get("ODEUM_JVM_OPTS", ""), posix=not windows)
    if windows:
        given = [part.strip('"') for part in given]
    ours = [
        "-ea",
        "-Xms32m",
        "-XX:-UsePerfData",
        "-Dfile.encoding=UTF-8",
        f"-Dodeum.version={__version__}",
        "--add-opens",
        "jdk.jshell/jdk.jshell=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
    ]
    # The JVM refuses two collectors. The serial one starts quickest and is smallest.
    if not any(re.fullmatch(r"-XX:\+Use\w+GC", part) for part in given):
        ours.append("-XX:+UseSerialGC")
    if environ.get("ODEUM_VECTOR", "").lower() != "off":
        ours += ["--add-modules", "jdk.incubator.vector"]
    return ours + given


def command(
    jdk: Jdk, connection_file: str, environ: Mapping[str, str], system: System = System()
) -> list[str]:
    separator = ";" if system.windows else ":"
    class_path = separator.join(str(jar) for jar in [*own_jars(), jjava_jar()])
    java = system.java(jdk.home)
    return [str(java), *options(environ, system.windows), "-cp", class_path, MAIN, connection_file]


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


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python -m odeum.launch CONNECTION_FILE", file=sys.stderr)
        return 2
    connection_file = sys.argv[1]
    search = Search()
    jdk = search.find()
    try:
        argv = command(jdk, connection_file, os.environ) if jdk else None
        trouble = None if jdk else search.report()
    except Incomplete as lacking:
        argv, trouble = None, f"Odeum cannot start. {lacking}"
    except ValueError as unclosed:
        argv, trouble = None, f"Odeum cannot read ODEUM_JVM_OPTS: {unclosed}."
    if argv is None:
        from . import fallback

        return fallback.serve(connection_file, trouble or "")
    if os.name == "nt":
        return wait_for(argv)
    become(argv)
    return 1


if __name__ == "__main__":
    sys.exit(main())
