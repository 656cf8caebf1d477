"""The search for a JDK on made-up machines: Linux, macOS and Windows."""

import os
from pathlib import Path

import pytest

from odeum import jdk
from odeum.jdk import Search, System

MODULES = "java.base java.compiler jdk.compiler jdk.jshell jdk.incubator.vector"


class Machine:
    """A file tree, an environment, and programs that answer as scripted."""

    def __init__(self, folder: Path, platform: str):
        self.folder, self.platform = folder, platform
        self.environ = {"HOME": str(folder / "home"), "USERPROFILE": str(folder / "home")}
        self.said = {}
        self.ran = []

    @property
    def windows(self):
        return self.platform == "win32"

    def jdk(self, place, version="25.0.3", modules=MODULES, release=True):
        home = self.folder / place
        java = home / "bin" / ("java.exe" if self.windows else "java")
        java.parent.mkdir(parents=True)
        java.write_text("")
        if release:
            lines = [f'JAVA_VERSION="{version}"'] + ([f'MODULES="{modules}"'] if modules else [])
            (home / "release").write_text("\n".join(lines))
        return home

    def run(self, argv):
        self.ran.append(argv)
        for program, arguments, output in self.said.get(argv[0], []):
            if arguments in argv:
                return output
        raise OSError(f"{argv[0]} failed")

    def says(self, program, arguments, output):
        self.said.setdefault(str(program), []).append((program, arguments, output))

    def search(self):
        return Search(
            System(self.environ, self.platform, self.folder, self.folder / "python", self.run)
        )

    def found(self):
        jdk = self.search().find()
        return jdk and jdk.home


@pytest.fixture
def linux(tmp_path):
    return Machine(tmp_path, "linux")


@pytest.fixture
def mac(tmp_path):
    return Machine(tmp_path, "darwin")


@pytest.fixture
def windows(tmp_path):
    machine = Machine(tmp_path, "win32")
    machine.environ["ProgramFiles"] = str(tmp_path / "Program Files")
    machine.environ["LOCALAPPDATA"] = str(tmp_path / "home" / "AppData" / "Local")
    return machine


def test_the_order_of_places(linux):
    """Each earlier place wins over all later ones."""
    places = [
        (".sdkman/candidates/java/25-tem", None),
        (".jdks/temurin-25", None),
        (".jbang/cache/jdks/25", None),
        (".cache/odeum/jdks/jdk-25", None),
    ]
    homes = [linux.jdk(f"home/{place}") for place, _ in places]
    system = linux.jdk("usr/lib/jvm/temurin-25")
    path = linux.jdk("opt/path-jdk")
    java_home = linux.jdk("opt/java-home-jdk")
    conda = linux.jdk("conda/lib/jvm")
    assert linux.found() == system
    linux.environ["PATH"] = f"/nowhere:{path / 'bin'}"
    assert linux.found() == path
    linux.environ["JAVA_HOME"] = str(java_home)
    assert linux.found() == java_home
    linux.environ["CONDA_PREFIX"] = str(linux.folder / "conda")
    assert linux.found() == conda
    found = [jdk.home for look in linux.search().looks() for jdk in look.found]
    assert found == [conda, java_home, path, system, *homes]


def test_a_jdk_that_is_named_is_the_only_one(linux):
    linux.jdk("usr/lib/jvm/temurin-25")
    named = linux.jdk("opt/mine")
    linux.environ["ODEUM_JAVA_HOME"] = str(named)
    assert linux.found() == named
    linux.environ["ODEUM_JAVA_HOME"] = str(linux.folder / "missing")
    assert linux.found() is None
    assert "missing" in linux.search().report()


def test_an_older_or_smaller_java_is_passed_over(linux):
    old = linux.jdk("usr/lib/jvm/java-17", "17.0.15")
    jre = linux.jdk("usr/lib/jvm/jre-25", modules="java.base java.desktop")
    assert linux.found() is None
    report = linux.search().report()
    assert f"{old} (17.0.15): too old, 25 or later is needed" in report
    assert f"{jre} (25.0.3): lacks the module jdk.jshell" in report
    assert "odeum install-jdk" in report
    assert "JAVA_HOME: not set" in report
    fit = linux.jdk("usr/lib/jvm/temurin-25")
    assert linux.found() == fit


def test_within_a_folder_the_release_it_was_built_on_comes_first(linux):
    linux.jdk("usr/lib/jvm/jdk-26", "26")
    linux.jdk("usr/lib/jvm/jdk-25.0.9", "25.0.9")
    newest = linux.jdk("usr/lib/jvm/jdk-25.0.10", "25.0.10")
    linux.jdk("usr/lib/jvm/jdk-8", "1.8.0_402")
    assert linux.found() == newest


def test_links_on_the_path_lead_to_the_jdk(linux):
    home = linux.jdk("opt/some/jdk")
    links = linux.folder / "usr" / "bin"
    links.mkdir(parents=True)
    (links / "java").symlink_to(home / "bin" / "java")
    linux.environ["PATH"] = str(links)
    assert linux.found() == home


def test_a_script_on_the_path_is_asked_for_its_home(linux):
    """As the shims of version managers, which are no links."""
    home = linux.jdk("opt/some/jdk")
    shim = linux.folder / "shims" / "java"
    shim.parent.mkdir()
    shim.write_text("#!/bin/sh\n")
    linux.says(shim, "-XshowSettings:properties", f"    java.home = {home}\n")
    linux.environ["PATH"] = str(shim.parent)
    assert linux.found() == home


def test_without_a_release_file_java_is_run_once(linux):
    home = linux.jdk("usr/lib/jvm/custom", release=False)
    java = home / "bin" / "java"
    linux.says(java, "-XshowSettings:properties", "    java.version = 25.0.1\n")
    linux.says(java, "--list-modules", "java.base@25.0.1\njdk.jshell@25.0.1\n")
    assert linux.found() == home
    runs = len(linux.ran)
    assert runs == 2
    assert linux.found() == home
    assert len(linux.ran) == runs, "the second start must not run java again"
    os.utime(java, (1, 1))
    assert linux.found() == home
    assert len(linux.ran) == 2 * runs, "a java that changed must be asked again"


def test_a_broken_java_is_reported(linux):
    home = linux.jdk("usr/lib/jvm/broken", release=False)
    assert linux.found() is None
    assert f"{home} (?): {home / 'bin' / 'java'} failed" in linux.search().report()


def test_a_damaged_cache_is_no_obstacle(linux):
    facts = linux.folder / "home" / ".cache" / "odeum" / "java-facts.json"
    facts.parent.mkdir(parents=True)
    facts.write_text("[not json")
    assert linux.found() is None
    assert linux.jdk("usr/lib/jvm/temurin-25") == linux.found()


def test_mac_asks_java_home(mac):
    home = mac.jdk("Users/x/temurin-25.jdk/Contents/Home")
    tool = mac.folder / "usr" / "libexec" / "java_home"
    tool.parent.mkdir(parents=True)
    tool.write_text("")
    mac.says(
        tool,
        "-V",
        "Matching Java Virtual Machines (1):\n"
        f'    25.0.3 (arm64) "Eclipse Adoptium" - "OpenJDK 25.0.3" {home}\n{home}\n',
    )
    assert mac.found() == home


@pytest.mark.parametrize(
    "place",
    [
        "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
        "home/Library/Java/JavaVirtualMachines/openjdk-25/Contents/Home",
        "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
        "home/.sdkman/candidates/java/25.0.3-tem",
        "home/Library/Caches/odeum/jdks/jdk-25.0.3+9/Contents/Home",
    ],
)
def test_mac_folders(mac, place):
    assert mac.jdk(place) == mac.found()


def test_mac_stub_on_the_path_is_no_jdk(mac):
    """/usr/bin/java of macOS is there even when no JDK is."""
    stub = mac.folder / "usr" / "bin" / "java"
    stub.parent.mkdir(parents=True)
    stub.write_text("")
    mac.environ["PATH"] = str(stub.parent)
    assert mac.found() is None


@pytest.mark.parametrize(
    "vendor",
    ["Eclipse Adoptium", "Java", "Microsoft", "Zulu", "Amazon Corretto", "BellSoft"],
)
def test_windows_vendors(windows, vendor):
    home = windows.jdk(f"Program Files/{vendor}/jdk-25.0.3.9-hotspot")
    assert windows.found() == home
    assert windows.search().system.java(home).name == "java.exe"


def test_windows_path_and_own_cache(windows):
    own = windows.jdk("home/AppData/Local/odeum/cache/jdks/jdk-25.0.3+9")
    assert windows.found() == own
    on_path = windows.jdk("tools/jdk")
    windows.environ["PATH"] = f"C:\\Windows;{on_path / 'bin'}"
    assert windows.found() == on_path


def test_windows_conda_keeps_java_in_library(windows):
    home = windows.jdk("conda/Library/lib/jvm")
    windows.environ["CONDA_PREFIX"] = str(windows.folder / "conda")
    assert windows.found() == home


def test_stand_alone_use(linux, monkeypatch, capsys):
    home = linux.jdk("usr/lib/jvm/temurin-25")
    monkeypatch.setattr(jdk, "Search", linux.search)
    assert jdk.main(["--print-home"]) == 0
    assert capsys.readouterr().out.strip() == str(home)
    linux.environ["ODEUM_JAVA_HOME"] = "/nowhere"
    assert jdk.main(["--print-home"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "/nowhere" in said.err and "install-jdk" in said.err
