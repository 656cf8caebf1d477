"""The command ``odeum``. Each part is imported when it is used, so that doctor works without Jupyter."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Optional

from . import __version__


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="odeum", description="Neural differential equations in Java notebooks.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="runs a notebook headless; exit 1 if a cell fails")
    run.add_argument("notebook", metavar="NOTEBOOK")
    run.add_argument("-o", "--output", metavar="OUT", help="where to write the executed copy")
    commands.add_parser("doctor", help="what was found here, and what to do about each problem")
    install = commands.add_parser("install-jdk", help="downloads a JDK 25 for this user, after asking")
    install.add_argument("-y", "--yes", action="store_true", help="the answer to the question")
    commands.add_parser("classpath", help="the library's jars, as JShell and other kernels take them")
    prepare = commands.add_parser("prepare", help="makes kernels start in half the time; done by itself after the first start")
    prepare.add_argument("--later", action="store_true", help=argparse.SUPPRESS)
    commands.add_parser("version", help="the version")
    return top


def classpath() -> int:
    """All jars but the one of our own kernel, with slashes: IJava reads each as a pattern."""
    from .launch import Incomplete, own_jars

    try:
        jars = [jar.as_posix() for jar in own_jars() if not jar.name.startswith("odeum-kernel-")]
    except Incomplete as trouble:
        print(f"odeum: {trouble}", file=sys.stderr)
        return 1
    print(os.pathsep.join(jars))
    return 0


def main(arguments: Optional[list[str]] = None) -> int:
    chosen = parser().parse_args(arguments)
    if chosen.command == "run":
        from .run import run

        return run(chosen.notebook, chosen.output)
    if chosen.command == "doctor":
        from .doctor import doctor

        return doctor()
    if chosen.command == "install-jdk":
        from .install import install

        return install(chosen.yes)
    if chosen.command == "classpath":
        return classpath()
    if chosen.command == "prepare":
        from .archive import prepare

        return prepare(chosen.later)
    print(f"odeum {__version__}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
