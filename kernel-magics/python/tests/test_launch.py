"""The command line of the JVM, and the filter of its standard error."""

import io
import subprocess
import sys

import pytest

from odeum import launch
from odeum.jdk import Search, System


MODULES = "java.base jdk.jshell jdk.incubator.vector"


@pytest.fixture
def built(monkeypatch, tmp_path):
    """The command line on a made-up machine whose JVM starts with any options but -Xmxq."""
    monkeypatch.setattr(launch, "own_jars", lambda: [tmp_path / "a.jar", tmp_path / "b.jar"])
    monkeypatch.setattr(launch, "jjava_jar", lambda: tmp_path / "jjava.jar")
    for jar in launch.jars():
        jar.write_text("")

    def run(argv):
        if "-Xmxq" in argv:
            raise OSError("java failed: Invalid maximum heap size: -Xmxq")
        return "openjdk 25"

    def command(platform="linux", modules=MODULES, **environ):
        home = tmp_path / "jdk"
        java = home / "bin" / ("java.exe" if platform == "win32" else "java")
        java.parent.mkdir(parents=True, exist_ok=True)
        java.write_text("")
        (home / "release").write_text(f'JAVA_VERSION="25.0.3"\nMODULES="{modules}"')
        user = str(tmp_path / "home")
        environ |= {"ODEUM_JAVA_HOME": str(home), "HOME": user, "LOCALAPPDATA": user}
        return launch.command(Search(System(environ, platform, tmp_path, tmp_path, run)), "c.json")

    return command


def after(argv, option):
    return argv[argv.index(option) + 1]


def test_one_jvm_with_all_jars(built, tmp_path):
    argv = built()
    assert argv[0] == str(tmp_path / "jdk" / "bin" / "java")
    assert argv[-2:] == ["odeum.kernel.Main", "c.json"]
    assert after(argv, "-cp") == ":".join(str(tmp_path / n) for n in ("a.jar", "b.jar", "jjava.jar"))
    assert "-ea" in argv
    assert after(argv, "--add-modules") == "jdk.incubator.vector"
    assert after(argv, "--add-opens") == "jdk.jshell/jdk.jshell=ALL-UNNAMED"


def test_windows_names(built, tmp_path):
    argv = built("win32", ODEUM_JVM_OPTS=r'-Xmx768m "-Dhome=C:\Program Files\x"')
    assert argv[0].endswith("java.exe")
    assert after(argv, "-cp").count(";") == 2
    assert r"-Dhome=C:\Program Files\x" in argv


def test_vector_off(built):
    assert "jdk.incubator.vector" in built(ODEUM_VECTOR="on")
    assert "jdk.incubator.vector" not in built(ODEUM_VECTOR="off")
    assert "jdk.incubator.vector" not in built(modules="java.base jdk.jshell")


def test_jvm_options_are_passed_on_whole_and_win(built):
    argv = built(ODEUM_JVM_OPTS="-Xmx768m -XX:+UseParallelGC '-Dx=a b'")
    assert argv.index("-Xmx768m") < argv.index("-cp")
    assert "-Dx=a b" in argv
    assert argv.index("-ea") < argv.index("-Xmx768m")


def test_options_that_do_not_work_are_named(built):
    with pytest.raises(launch.Incomplete, match="(?s)Invalid maximum heap.*ODEUM_JVM_OPTS is -Xmxq"):
        built(ODEUM_JVM_OPTS="-Xmxq")
    with pytest.raises(launch.Incomplete, match="No closing quotation"):
        built(ODEUM_JVM_OPTS="-Dx='unclosed")


def test_a_collector_of_the_users_replaces_ours(built):
    argv = built(ODEUM_JVM_OPTS="-XX:+UseG1GC")
    assert [a for a in argv if a.endswith("GC")] == ["-XX:+UseG1GC"]


def test_the_filter_drops_one_line_only():
    lines = (
        b"WARNING: Using incubator modules: jdk.incubator.vector\n"
        b"WARNING: Using incubator modules: jdk.incubator.vector, another.one\r\n"
        b"Invalid maximum heap size: -Xmxq\n"
    )
    out = io.BytesIO()
    launch.pass_on(io.BytesIO(lines), out)
    assert out.getvalue().splitlines() == lines.splitlines()[1:]


@pytest.mark.skipif(sys.platform == "win32", reason="exec is for POSIX")
def test_become_keeps_other_errors_and_the_exit_code(tmp_path):
    """A program that prints the line and fails, as a JVM with a wrong option would."""
    java = tmp_path / "java"
    java.write_text(
        "#!/bin/sh\n"
        "echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2\n"
        "echo bad option >&2\n"
        "exit 7\n"
    )
    java.chmod(0o755)
    become = f"from odeum import launch; launch.become([{str(java)!r}])"
    done = subprocess.run([sys.executable, "-c", become], capture_output=True, text=True, timeout=20)
    assert done.returncode == 7
    assert done.stderr.splitlines() == ["bad option"]


def test_missing_jars_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(launch, "__file__", str(tmp_path / "launch.py"))
    with pytest.raises(launch.Incomplete, match="no jars"):
        launch.own_jars()


def test_a_missing_jjava_is_named(monkeypatch):
    from importlib import metadata

    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(launch.Incomplete, match="pip install jjava"):
        launch.jjava_jar()
