"""The command odeum doctor."""

import os
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).parent.parent / "src"


def doctor(*options, **environ):
    return subprocess.run(
        [sys.executable, *options, "-m", "odeum", "doctor"],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environ},
    )


def test_all_is_well():
    done = doctor()
    assert done.returncode == 0, done.stdout
    assert done.stdout.rstrip().endswith("All is well.")
    for part in ("the kernel uses ", "Vector API on", "quick starts", "kernelspec: ", "it starts, and answered"):
        assert part in done.stdout


def test_without_a_jdk(tmp_path):
    done = doctor(ODEUM_JAVA_HOME=str(tmp_path))
    assert done.returncode == 1
    assert f"{tmp_path} (?): no java" in done.stdout
    assert "odeum install-jdk" in done.stdout


def test_a_jvm_option_that_stops_the_kernel():
    done = doctor(ODEUM_JVM_OPTS="-Xmxq")
    assert done.returncode == 1
    assert "Invalid maximum heap size: -Xmxq" in done.stdout
    assert "ODEUM_JVM_OPTS is -Xmxq" in done.stdout
    assert "Traceback" not in done.stderr


def test_before_anything_is_installed():
    """In a clone, doctor runs from the sources, with Python's own library alone."""
    done = doctor("-S", PYTHONPATH=str(SOURCES), ODEUM_VECTOR="off")
    assert done.returncode == 1
    assert "Vector API off (ODEUM_VECTOR=off)" in done.stdout
    assert "Traceback" not in done.stderr, done.stderr
