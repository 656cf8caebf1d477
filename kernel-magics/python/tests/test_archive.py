"""The archive from which kernels start quickly."""

import os
import subprocess
import sys

import pytest

from odeum import archive
from odeum.jdk import Search, System
from odeum.launch import command, jars


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An archive in a cache of its own, and the system that has it."""
    cache = tmp_path_factory.mktemp("cache")
    environ = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run([sys.executable, "-m", "odeum", "prepare"], capture_output=True, text=True, env=environ, timeout=200)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return System(environ)


def test_the_jvm_takes_it(made):
    search = Search(made)
    argv = command(search, "c.json")
    (option,) = [part for part in argv if part.startswith("-XX:AOTCache=")]
    assert option == f"-XX:AOTCache={archive.place(made, search.find(), jars())}"
    # With the mode "on" a JVM that cannot use its archive ends with an error.
    asked = [argv[0], "-XX:AOTMode=on", *argv[1 : argv.index("-cp") + 2], "-version"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    other = [*asked[:-3], "-cp", os.path.dirname(option), "-version"]
    assert subprocess.run(other, capture_output=True, timeout=60).returncode != 0, "it belongs to these jars"


def test_nothing_else_is_left(made):
    (kept,) = (made.cache / "archives").iterdir()
    assert kept.suffix == ".aot" and 10_000_000 < kept.stat().st_size < 100_000_000


@pytest.mark.parametrize(
    "options, used",
    [("-Xmx768m -XX:+UseSerialGC -Dx=y", True), ("-XX:+UseG1GC", False), ("--add-modules jdk.jfr", False)],
)
def test_only_where_the_same_is_loaded(made, options, used):
    argv = command(Search(System({**made.environ, "ODEUM_JVM_OPTS": options})), "c.json")
    assert any(part.startswith("-XX:AOTCache=") for part in argv) == used
    without = command(Search(System({**made.environ, "ODEUM_VECTOR": "off"})), "c.json")
    assert not any(part.startswith("-XX:AOTCache=") for part in without)


def test_the_kernel_starts_from_it(start_kernel, made):
    kernel = start_kernel(XDG_CACHE_HOME=made.environ["XDG_CACHE_HOME"])
    reply = kernel.run("java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()")
    assert "-XX:AOTCache=" in reply.of("execute_result")[0]["data"]["text/plain"]
    assert kernel.run("%%ode d\nx' = -x\ninit x = 1\ntime 0 .. 1").status == "ok"
    assert kernel.run("%solve d").status == "ok"


def test_other_jars_or_another_jdk_have_another(tmp_path):
    files = [tmp_path / name for name in ("a.jar", "b.jar")]
    for file in files:
        file.write_text("1")
    search = Search()
    place = archive.place(search.system, search.find(), files)
    assert place == archive.place(search.system, search.find(), files)
    files[1].write_text("12")
    assert place != archive.place(search.system, search.find(), files)


def test_a_kernel_that_does_not_start_leaves_a_line(tmp_path):
    trouble = archive.make([sys.executable, "-c", "pass"], "none.json", tmp_path / "x.aot", seconds=2)
    assert trouble
    assert list(tmp_path.iterdir()) == []


def test_old_archives_go(tmp_path):
    for number in range(7):
        (tmp_path / f"{number}.aot").touch()
        os.utime(tmp_path / f"{number}.aot", (number, number))
    archive._forget_old(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["3.aot", "4.aot", "5.aot", "6.aot"]
