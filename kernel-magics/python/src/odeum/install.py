"""``odeum install-jdk``: downloads Eclipse Temurin for this user, after asking."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from pathlib import Path
from typing import Callable

from .jdk import LEAST, Search, System

ASSETS = "https://api.adoptium.net/v3/assets/latest/{version}/hotspot?architecture={machine}&image_type=jdk&os={system}&vendor=eclipse"
MACHINES = {"x86_64": "x64", "amd64": "x64", "arm64": "aarch64", "aarch64": "aarch64"}


def address(system: System, machine: str) -> str:
    """Where Adoptium describes the newest JDK for a machine; raises ValueError for unknown ones."""
    known = MACHINES.get(machine.lower())
    if known is None:
        raise ValueError(f"there is no download for the processor {machine}")
    if system.windows:
        name = "windows"
    elif system.platform == "darwin":
        name = "mac"
    else:
        name = "alpine-linux" if (system.root / "etc" / "alpine-release").exists() else "linux"
    return ASSETS.format(version=LEAST, machine=known, system=name)


def fetch(link: str, checksum: str, target: Path, opened: Callable = urllib.request.urlopen) -> None:
    """Downloads a file and holds it against its SHA-256; raises ValueError when it differs."""
    digest, done = hashlib.sha256(), 0
    with opened(link) as source, target.open("wb") as file:
        size = int(source.headers.get("Content-Length") or 0)
        while chunk := source.read(1 << 20):
            file.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            part = f" of {size >> 20}" if size else ""
            print(f"\r  {done >> 20}{part} MB", end="", flush=True)
    print()
    if digest.hexdigest() != checksum:
        raise ValueError("the download is damaged (its checksum differs); please try again")


def unpack(archive: Path, folder: Path) -> Path:
    """Unpacks an archive of one folder and returns that folder."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    inner = [entry for entry in folder.iterdir() if entry.is_dir()]
    if len(inner) != 1:
        raise ValueError(f"the download holds {len(inner)} folders where one was expected")
    return inner[0]


def download(system: System, machine: str, opened: Callable = urllib.request.urlopen) -> Path:
    """Puts the newest JDK into our cache folder, whole or not at all; returns its home."""
    with opened(address(system, machine)) as answer:
        assets = json.load(answer)
    if not assets:
        raise ValueError("Adoptium has no JDK for this system")
    package = assets[0]["binary"]["package"]
    jdks = system.cache / "jdks"
    jdks.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jdks, prefix=".new-") as scratch:
        archive = Path(scratch, package["name"])
        fetch(package["link"], package["checksum"], archive, opened)
        unpacked = unpack(archive, Path(scratch, "unpacked"))
        home = jdks / unpacked.name
        if home.exists():
            shutil.rmtree(home)
        os.replace(unpacked, home)
    return home


def install(yes: bool) -> int:
    system = System()
    found = Search(system).find()
    if found:
        print(f"There is a JDK that fits: {found.home} ({found.version}). Nothing to do.")
        return 0
    if not yes and not agreed(system):
        return 1
    try:
        home = download(system, platform.machine())
    except (OSError, ValueError, KeyError, tarfile.TarError, zipfile.BadZipFile) as failed:
        print(f"odeum install-jdk: {failed}", file=sys.stderr)
        print("By hand: https://adoptium.net, then set ODEUM_JAVA_HOME.", file=sys.stderr)
        return 1
    found = Search(system).find()
    if not found:
        print(f"odeum install-jdk: {home} was installed and does not fit.", file=sys.stderr)
        print(Search(system).report(), file=sys.stderr)
        return 1
    print(f"Installed {found.home} ({found.version}). The kernel uses it from now on.")
    return 0


def agreed(system: System) -> bool:
    if not sys.stdin or not sys.stdin.isatty():
        print(
            "odeum install-jdk asks before it downloads, and nobody can answer here."
            " To say yes: odeum install-jdk --yes",
            file=sys.stderr,
        )
        return False
    print(f"This downloads Eclipse Temurin {LEAST} (about 140 MB) into {system.cache / 'jdks'}.")
    try:
        return input("Go on? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
