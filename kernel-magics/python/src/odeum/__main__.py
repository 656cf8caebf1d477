"""The command ``odeum``. Each part is imported when it is used, so that doctor works without Jupyter."""

from __future__ import annotations

import argparse
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
    commands.add_parser("version", help="the version")
    return top


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
    print(f"odeum {__version__}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
